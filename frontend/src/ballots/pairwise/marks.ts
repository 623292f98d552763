import { DEFAULT_RULES, type AnyRules, type PairwiseRules, type RoundDoc } from "../../lib/wire.gen";
import { t, tn } from "../../messages";
import { rulesOf, type Value } from "../ballot";
import type { BallotMarks } from "../marks";

export const LOST = 0;
export const EQUAL = 1;
export const WON = 2;
export const SKIPPED = 3;
/** How the upper one of a pair came out of it. */
export type Outcome = typeof LOST | typeof EQUAL | typeof WON | typeof SKIPPED;
export const OPPOSITE: Readonly<Record<Outcome, Outcome>> = {
  [LOST]: WON,
  [EQUAL]: EQUAL,
  [WON]: LOST,
  [SKIPPED]: SKIPPED,
};

export const pairwiseRules = (round: RoundDoc | undefined, asked?: AnyRules): PairwiseRules =>
  rulesOf("pairwise", round, asked) ?? DEFAULT_RULES.pairwise;

/** A mark as its slots, as many as an item has. */
export function slotsOf(value: Value | undefined, each: number): (number | null)[] {
  const given = Array.isArray(value) ? value : value === null || value === undefined ? [] : [value];
  return Array.from({ length: each }, (_, slot) => given[slot] ?? null);
}

/** How an item came out of each comparison; skipped ones are none. */
export const outcomesOf = (value: Value | undefined): number[] =>
  slotsOf(value, Array.isArray(value) ? value.length : 1)
    .flatMap((slot) => (slot === null ? [] : [slot % 10]))
    .filter((outcome) => outcome !== SKIPPED);

export const marks: BallotMarks = {
  isGiven: (value) => outcomesOf(value).length > 0,
  say: (value) => {
    const outcomes = outcomesOf(value);
    const won = outcomes.filter((outcome) => outcome === WON).length;
    if (outcomes.length === 0) return t("not compared");
    return tn("chosen {won} of {n} time", "chosen {won} of {n} times", outcomes.length, { won });
  },
  returned: (values) =>
    tn(
      "A card was taken out of the vote again. What you compared it with no longer counts.",
      "{n} cards were taken out of the vote again. What you compared them with no longer counts.",
      values.length,
    ),
};
