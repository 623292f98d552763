import { t } from "../../messages";
import type { ConsoleKind } from "../console-kind";

export const desk = { name: () => t("Break"), settings: [] } satisfies ConsoleKind;
