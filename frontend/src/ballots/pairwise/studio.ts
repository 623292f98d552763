import { t } from "../../messages";
import type { StudioBallot } from "../studio";
import { toldWords, totalWords } from "./figures";

export const studio: StudioBallot = {
  perGroup: () => t("How often each O chose it over another, of who compared it; equally important counts half."),
  ofPeople: () => t("How often people chose it over another, of who compared it; equally important counts half."),
  total: totalWords,
  besides: (told) => toldWords(told),
};
