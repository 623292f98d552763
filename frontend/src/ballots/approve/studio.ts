import { t, tn } from "../../messages";
import type { StudioBallot } from "../studio";

export const studio: StudioBallot = {
  perGroup: () => t("Share of each O that chose it."),
  ofPeople: () => t("Share of the people who chose it."),
  total: (told) => tn("{n} choice", "{n} choices", told["choices"] ?? 0),
  besides: () => "",
};
