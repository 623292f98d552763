import { DEFAULT_RULES, RULE_LIMITS, type RankingRules } from "../../lib/wire.gen";
import { percent, t } from "../../messages";
import type { ConsoleBallot } from "../console";
import { wrongNumber } from "../number";
import { rankedLive, rankedOf, toldWords } from "./figures";
import Settings from "./settings.svelte";

export const desk: ConsoleBallot<RankingRules> = {
  name: () => t("Ranking"),
  when: () =>
    t("To hear what comes first: everybody puts their most important ones in order, and the rest does not count."),
  Settings,
  wrong: ({ places }) =>
    wrongNumber(t("Places a person gives"), places, RULE_LIMITS.ranking["places"], { mayBeEmpty: true }),
  finished: ({ ballot, places }) => ({
    ballot,
    places: (places as number | null) ?? DEFAULT_RULES.ranking.places,
  }),
  again: (n) => t("In round {n} everybody makes a new order, of the cards that are ticked here.", { n }),
  first: () => t("the first places, every person once"),
  published: (figures, _round, equal) => ({
    heads: figures.heads,
    of: figures.of,
    figure: percent((equal ? figures.balanced : null) ?? figures.share),
    told: toldWords(rankedOf(figures)),
  }),
  live: (counts) => {
    const ranked = rankedLive(counts);
    return { heads: ranked.first, of: null, told: counts === null ? "" : toldWords(ranked) };
  },
};
