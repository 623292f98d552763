import type { ResultItemDoc } from "../../lib/wire.gen";
import { t } from "../../messages";
import { isCrowded } from "./plan";
import type { Spot } from "./spots";

/** What is to be known of the drawing of a field, where it is so. */
export const fieldNotes = (points: readonly Spot[], items: readonly ResultItemDoc[]): string[] => [
  ...(isCrowded(points) ? [t("Where there is no room, a line leads from the box to its place.")] : []),
  ...(items.some(({ differs }) => differs) ? [t("Highlighted: the O’s differ by more than chance.")] : []),
];
