import { t } from "../../messages";
import type { ConsoleKind } from "../console-kind";
import Settings from "./Settings.svelte";

export const desk = { name: () => t("Reveal"), settings: ["subject"], Settings } satisfies ConsoleKind;
