import { t } from "../../messages";
import type { ConsoleKind } from "../console-kind";

export const desk = {
  name: () => t("Closing"),
  settings: [],
  words: {
    prompt: () => t("Your thanks, on phones and projector"),
    body: () => t("What happens next"),
  },
} satisfies ConsoleKind;
