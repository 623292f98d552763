/** What a mark says, in every way of voting: a phone speaks of marks also where no ballot is on its screen. */
import type { BallotKey, RoundDoc } from "../lib/wire.gen";
import { ballotOf, type Value } from "./ballot";
import { marks as dots } from "./dots/marks";
import { marks as opinion } from "./opinion/marks";

export interface BallotMarks {
  /** Whether it says anything. */
  readonly isGiven: (value: Value) => boolean;
  readonly say: (value: Value, round: RoundDoc) => string;
  /** Items were taken out of the vote, with what stood on them. */
  readonly returned: (values: readonly Value[]) => string;
}

const MARKS = { dots, opinion } satisfies Record<BallotKey, BallotMarks>;

export const marksOf = (round: RoundDoc): BallotMarks => MARKS[ballotOf(round)];
