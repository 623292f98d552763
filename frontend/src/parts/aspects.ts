import { t } from "../messages";
import type { AspectKey } from "./types";

export const ASPECT_KEYS: readonly AspectKey[] = ["hardware", "software", "both", "unsure"];

/** As on a button: Hardware, Software, Both, Not sure. */
export function aspectName(aspect: AspectKey): string {
  switch (aspect) {
    case "hardware":
      return t("Hardware");
    case "software":
      return t("Software");
    case "both":
      return t("Both");
    case "unsure":
      return t("Not sure");
  }
}

/** As in a line of text. */
export const aspectWord = (aspect: AspectKey): string => aspectName(aspect).toLowerCase();

/** For who thinks of computers first. */
export function aspectHint(aspect: AspectKey): string {
  return aspect === "hardware" ? t("buildings, places") : aspect === "software" ? t("people, agreements") : "";
}
