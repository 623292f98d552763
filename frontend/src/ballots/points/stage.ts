import { number, percent, t, tn } from "../../messages";
import type { Counted, StageBallot } from "../stage";
import { meanWords, pointsRules } from "./marks";

export const stage: StageBallot = {
  reading: () => t("How many points it has. Counted over everyone."),
  rule: (step, round) => {
    const { total, whole } = pointsRules(round, step.settings.rules);
    return `${whole ? tn("Divide {n} point: all, or none", "Divide {n} points: all, or none", total) : tn("Divide {n} point", "Divide {n} points", total)}.`;
  },
  notes: () => ({
    heads: t("Share of all points, and how many points a person gave it on average."),
    four: t("Share of all points, averaged over the four."),
    those: t("Share of all points, averaged over the O’s that voted."),
    apart: t("Share of the points of each group, the widest difference first."),
    change: t("Share of all points, in both rounds as they were shown."),
  }),
  total: (told) => tn("{n} point", "{n} points", told["points"] ?? 0),
  published: ({ share }, round) => ({
    drawn: [],
    share,
    figure: percent(share),
    unit: "",
    under: t("{mean} per person", { mean: meanWords(share, pointsRules(round)) }),
  }),
  live: (counts, round): Counted => {
    const [points = 0, people = 0] = counts ?? [];
    const share = people > 0 ? points / (people * pointsRules(round).total) : 0;
    return { drawn: [], share, figure: number(points), unit: tn("point", "points", points), under: "" };
  },
  awaited: (threshold) =>
    tn("Points show here once {n} person has voted", "Points show here once {n} people have voted", threshold),
};
