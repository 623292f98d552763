import type { PairwiseRules } from "../../lib/wire.gen";

/** In how many pairs of one person an item can be at most: SLOTS in sessions/ballots/pairs.py. */
const SLOTS = 5;

/** What the opening will make of the rules, for a form that is printed before it: as `complete` of
 *  sessions/ballots/pairwise.py. Rules of a round that was opened stay. */
export function fitRules(rules: PairwiseRules, items: number): PairwiseRules {
  if (rules.each !== null) return rules;
  const pairs = Math.max(
    1,
    Math.min(rules.pairs, Math.floor((items * (items - 1)) / 2), Math.floor((items * SLOTS) / 2)),
  );
  return { ...rules, pairs, each: Math.max(1, Math.ceil((2 * pairs) / Math.max(1, items))) };
}
