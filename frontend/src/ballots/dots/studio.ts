import { t, tn } from "../../messages";
import type { StudioBallot } from "../studio";

export const studio: StudioBallot = {
  perGroup: () => t("Share of each O that put a dot on it."),
  ofPeople: () => t("Share of the people who put a dot on it."),
  total: (told) => tn("{n} dot", "{n} dots", told["dots"] ?? 0),
  besides: () => "",
};
