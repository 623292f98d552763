import { percent, t, tn } from "../../messages";
import type { Counted, StageBallot } from "../stage";
import { comparisonsOf, totalWords, type Comparisons } from "./figures";
import { pairwiseRules } from "./marks";

const drawn = ({ n, won, equal, lost }: Comparisons): Counted["drawn"] =>
  n === 0
    ? []
    : [
        { as: "solid", n: won, words: t("chosen") },
        { as: "stroke", n: equal, words: t("equally important") },
        { as: "open", n: lost, words: t("the other chosen") },
      ];

const reading = (): string =>
  t("Every time it was compared. Solid: chosen. Stroke: equally important. Open: the other.");

export const stage: StageBallot = {
  reading,
  rule: (step, round) => {
    const { pairs } = pairwiseRules(round, step.settings.rules);
    return `${tn("Choose between two, {n} time at most", "Choose between two, {n} times at most", pairs)}.`;
  },
  notes: () => ({
    heads: reading(),
    four: t("How often it was chosen over another, averaged over the four."),
    those: t("How often it was chosen over another, averaged over the O’s that voted."),
    apart: t("How often each group chose it over another, the widest difference first."),
    change: t("How often it was chosen over another, in both rounds as they were shown."),
  }),
  total: totalWords,
  published: ({ share, of, told }) => ({
    drawn: drawn(comparisonsOf(told)),
    figure: percent(share),
    unit: "",
    under: tn("{n} person", "{n} people", of),
  }),
  live: (counts) => {
    const [, , comparisons = 0, won = 0, equal = 0] = counts ?? [];
    const found = comparisonsOf({ comparisons, won, equal });
    return {
      drawn: drawn(found),
      figure: found.n === 0 ? "–" : percent((found.won + found.equal / 2) / found.n),
      unit: "",
      under: found.n === 0 ? "" : tn("{n} time", "{n} times", found.n),
    };
  },
  awaited: (threshold) =>
    tn(
      "Comparisons show here once {n} person has compared a card",
      "Comparisons show here once {n} people have compared a card",
      threshold,
    ),
};
