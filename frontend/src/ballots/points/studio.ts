import { number, t, tn } from "../../messages";
import type { StudioBallot } from "../studio";

export const studio: StudioBallot = {
  perGroup: () => t("Share of the points of each O."),
  ofPeople: () => t("Share of all points."),
  total: (told) => tn("{n} point", "{n} points", told["points"] ?? 0),
  besides: (told) => tn("{n} point", "{n} points", told["points"] ?? 0, { n: number(told["points"] ?? 0) }),
};
