import { t } from "../../messages";
import type { ProjectionKind } from "../projection-kind";

export const projection = {
  // The thanks stay: after them comes nothing.
  sceneOf: (_, step) => ({ kind: "farewell", step }),
  afterwards: () => t("That was it. Thank you!"),
} satisfies ProjectionKind;
