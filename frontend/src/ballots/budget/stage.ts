import { number, t, tn } from "../../messages";
import { euros } from "../../parts/money";
import type { Counted, StageBallot } from "../stage";
import Bought from "./Bought.svelte";
import { budgetRules } from "./marks";

const counted = (heads: number): Counted => ({
  drawn: [{ as: "solid", n: heads, words: "" }],
  figure: number(heads),
  unit: tn("person", "people", heads),
  under: "",
});

export const stage: StageBallot = {
  rule: (step, round) => t("Spend {total} at most.", { total: euros(budgetRules(round, step.settings.rules).total) }),
  notes: () => ({
    heads: t("How many people paid for it."),
    four: t("Share that paid for it, averaged over the four."),
    those: t("Share that paid for it, averaged over the O’s that voted."),
    apart: t("Share of each group that paid for it, the widest difference first."),
    change: t("Share that paid for it, in both rounds as they were shown."),
  }),
  total: (told) => tn("{n} choice", "{n} choices", told["choices"] ?? 0),
  published: ({ heads }) => counted(heads),
  live: (counts) => counted(counts?.[0] ?? 0),
  awaited: (threshold) =>
    tn("Choices show here once {n} person has voted", "Choices show here once {n} people have voted", threshold),
  Own: Bought,
};
