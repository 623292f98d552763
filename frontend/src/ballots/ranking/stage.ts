import { number, percent, t, tn } from "../../messages";
import type { Counted, StageBallot } from "../stage";
import { meanWords, rankedLive, rankedOf, type Ranked } from "./figures";
import { rankingRules } from "./marks";

const drawn = ({ first, ranked }: Ranked): Counted["drawn"] => [
  { as: "solid", n: first, words: t("at place 1") },
  { as: "open", n: ranked - first, words: t("at a lower place") },
];

export const stage: StageBallot = {
  reading: () => t("Solid: at place 1. Open: at a lower place."),
  rule: (step, round) => {
    const { places } = rankingRules(round, step.settings.rules);
    return `${tn("Put the most important one first", "Put your {n} most important ones in order", places)}.`;
  },
  notes: () => ({
    heads: t("Solid: at place 1. Open: at a lower place. A first place gives 100 %, each lower one less."),
    four: t("Mean score, averaged over the four: a first place gives 100 %, each lower one less."),
    those: t("Mean score, averaged over the O’s that voted: a first place gives 100 %, each lower one less."),
    apart: t("Mean score of each group, the widest difference first."),
    change: t("Mean score, in both rounds as they were shown."),
  }),
  total: (told) => tn("{n} place given", "{n} places given", told["ranked"] ?? 0),
  published: (figures) => {
    const ranked = rankedOf(figures);
    return { drawn: drawn(ranked), figure: percent(figures.share), unit: "", under: meanWords(ranked) };
  },
  live: (counts) => {
    const found = rankedLive(counts);
    return {
      drawn: drawn(found),
      figure: number(found.ranked),
      unit: tn("person", "people", found.ranked),
      under: found.ranked > 0 ? meanWords(found) : "",
    };
  },
  awaited: (threshold) =>
    tn("Places show here once {n} person has voted", "Places show here once {n} people have voted", threshold),
};
