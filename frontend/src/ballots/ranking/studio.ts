import { t, tn } from "../../messages";
import type { StudioBallot } from "../studio";
import { rankedOf, toldWords } from "./figures";

export const studio: StudioBallot = {
  perGroup: () => t("Mean score of each O: a first place gives 100 %, each lower one less, no place 0 %."),
  ofPeople: () => t("Mean score of the people: a first place gives 100 %, each lower one less, no place 0 %."),
  total: (told) => tn("{n} place given", "{n} places given", told["ranked"] ?? 0),
  besides: (told, _rules, { means }) => toldWords(rankedOf({ told, means })),
};
