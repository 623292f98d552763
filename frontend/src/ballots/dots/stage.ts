import type { RoundDoc, StepDoc } from "../../lib/wire.gen";
import { number, t, tn } from "../../messages";
import { rulesOf } from "../ballot";
import type { Counted, StageBallot } from "../stage";

/** A step may leave the budget to the number of cards; its round knows what came of that. */
const asked = (step: StepDoc, round: RoundDoc | undefined): { budget: number | null; most: number } =>
  rulesOf("dots", round, step.settings.rules) ?? { budget: null, most: 1 };

const counted = (heads: number, dots: number): Counted => ({
  drawn: [{ as: "solid", n: heads, words: "" }],
  figure: number(heads),
  unit: tn("person", "people", heads),
  under: dots === heads ? "" : tn("{n} dot", "{n} dots", dots),
});

export const stage: StageBallot = {
  rule: (step, round) => {
    const { budget, most } = asked(step, round);
    const place = budget === null ? t("Place your dots") : tn("Place {n} dot", "Place {n} dots", budget);
    const limit = Math.min(most, budget ?? Infinity);
    return `${place}. ${tn("At most {n} dot on a card", "At most {n} dots on a card", limit)}.`;
  },
  notes: () => ({
    heads: t("How many people put a dot on it."),
    four: t("Share that put a dot on it, averaged over the four."),
    those: t("Share that put a dot on it, averaged over the O’s that voted."),
    apart: t("Share of each group that put a dot on it, the widest difference first."),
    change: t("Share that put a dot on it, in both rounds as they were shown."),
  }),
  total: (told) => tn("{n} dot", "{n} dots", told["dots"] ?? 0),
  published: ({ heads, told }) => counted(heads, told["dots"] ?? 0),
  live: (counts) => counted(counts?.[0] ?? 0, counts?.[1] ?? 0),
  awaited: (threshold) =>
    tn("Dots show here once {n} person has voted", "Dots show here once {n} people have voted", threshold),
};
