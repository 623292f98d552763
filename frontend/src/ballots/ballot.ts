import type { AnyRules, BallotKey, OwnVoteDoc, RoundDoc } from "../lib/wire.gen";

/** What one person gave on one item, as it is sent; null was taken back. */
export type Value = OwnVoteDoc["value"];
export type RulesOf<Key extends BallotKey> = Extract<AnyRules, { readonly ballot: Key }>;

/** How a round is voted on. Pages and server are of one build, so there is no other. */
export const ballotOf = ({ ballot }: Pick<RoundDoc, "ballot">): BallotKey => ballot as BallotKey;

/** The rules of a round of this ballot, once it was opened; before that what its step asks for. */
export function rulesOf<Key extends BallotKey>(
  key: Key,
  round: RoundDoc | undefined,
  asked?: AnyRules,
): RulesOf<Key> | null {
  const rules = round?.rules ?? asked;
  return rules?.ballot === key ? (rules as RulesOf<Key>) : null;
}
