import type { DotsRules, OwnVoteDoc, RoundDoc } from "./wire.gen";

/** A vote as dots: nothing, and what is no number, are none. */
export const dotsOf = (value: OwnVoteDoc["value"]): number => (typeof value === "number" ? value : 0);

/** The rules of a round of dots that was opened. */
export const dotsRules = (round: RoundDoc | undefined): DotsRules | null =>
  round?.rules?.ballot === "dots" ? round.rules : null;
