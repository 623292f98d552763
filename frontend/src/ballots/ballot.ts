import type { RoundDoc } from "../lib/wire.gen";

/** Ways of voting. */
export type BallotKind = "dots";

/** How a round is voted on. The wire names no other way yet. */
export const ballotOf = (_: Pick<RoundDoc, "id">): BallotKind => "dots";
