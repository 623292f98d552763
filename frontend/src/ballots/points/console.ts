import { DEFAULT_RULES, RULE_LIMITS, type PointsRules } from "../../lib/wire.gen";
import { number, t, tn } from "../../messages";
import type { ConsoleBallot } from "../console";
import { wrongNumber } from "../number";
import { meanWords, pointsRules } from "./marks";
import Settings from "./settings.svelte";

export const desk: ConsoleBallot<PointsRules> = {
  name: () => t("Divide points"),
  when: () => t("To hear how much more one thing matters than another: everybody divides the same number of points."),
  Settings,
  wrong: ({ total }) => wrongNumber(t("Points per person"), total, RULE_LIMITS.points["total"], { mayBeEmpty: true }),
  // A field of numbers that was emptied holds none.
  finished: (rules) => ({ ...rules, total: (rules.total as number | null) ?? DEFAULT_RULES.points.total }),
  again: (n) => t("In round {n} everybody divides new points, over the cards that are ticked here.", { n }),
  first: () => t("the points, every person once"),
  published: ({ share, balanced, of, told }, round, equal) => ({
    heads: 0,
    of,
    figure: meanWords((equal ? balanced : null) ?? share, pointsRules(round)),
    told: tn("{n} point", "{n} points", told["points"] ?? 0),
  }),
  live: (counts) => {
    const [points = 0, of = 0] = counts ?? [];
    return { heads: 0, of, figure: number(points), unit: t("points"), score: points, told: "" };
  },
};
