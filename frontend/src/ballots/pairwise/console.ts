import { DEFAULT_RULES, RULE_LIMITS, type PairwiseRules } from "../../lib/wire.gen";
import { percent, t } from "../../messages";
import type { ConsoleBallot } from "../console";
import { wrongNumber } from "../number";
import { toldWords } from "./figures";
import Settings from "./settings.svelte";

export const desk: ConsoleBallot<PairwiseRules> = {
  name: () => t("Two at a time"),
  when: () =>
    t("To put many in an order without anybody having to see all of them: everybody chooses between two, a few times."),
  Settings,
  wrong: ({ pairs }) =>
    wrongNumber(t("Pairs a person gets"), pairs, RULE_LIMITS.pairwise["pairs"], { mayBeEmpty: true }),
  finished: ({ ballot, pairs }) => ({
    ballot,
    pairs: (pairs as number | null) ?? DEFAULT_RULES.pairwise.pairs,
    each: null,
  }),
  again: (n) => t("In round {n} everybody compares anew, the cards that are ticked here.", { n }),
  first: () => t("the comparisons, every person once"),
  published: ({ heads, of, told, share, balanced }, _round, equal) => ({
    heads,
    of,
    figure: percent((equal ? balanced : null) ?? share),
    told: toldWords(told),
  }),
  live: (counts) => {
    const [heads = 0, , comparisons = 0, won = 0, equal = 0] = counts ?? [];
    const told = counts === null ? t("too few answers yet") : toldWords({ comparisons, won, equal });
    return { heads, of: null, told };
  },
};
