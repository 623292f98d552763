import { t, tn } from "../../messages";
import type { StudioBallot } from "../studio";

export const studio: StudioBallot = {
  perGroup: () => t("Share of each O that paid for it."),
  ofPeople: () => t("Share of the people who paid for it."),
  total: (told) => tn("{n} choice", "{n} choices", told["choices"] ?? 0),
  besides: (told) => (told["chosen"] ? t("bought") : t("not bought")),
};
