import { t } from "../../messages";
import type { ConsoleKind } from "../console-kind";

export const desk = { name: () => t("Welcome"), settings: [] } satisfies ConsoleKind;
