/** What a mark says, in every way of voting: a phone speaks of marks also where no ballot is on its screen. */
import type { BallotKey, RoundDoc } from "../lib/wire.gen";
import { ballotOf, type Value } from "./ballot";
import { marks as criteria } from "./criteria/marks";
import { marks as approve } from "./approve/marks";
import { marks as budget } from "./budget/marks";
import { marks as choice } from "./choice/marks";
import { marks as dots } from "./dots/marks";
import { marks as matrix } from "./matrix/marks";
import { marks as opinion } from "./opinion/marks";
import { marks as rating } from "./rating/marks";
import { marks as scale } from "./scale/marks";
import { marks as pairwise } from "./pairwise/marks";
import { marks as points } from "./points/marks";
import { marks as ranking } from "./ranking/marks";

export interface BallotMarks {
  /** Whether it says anything. */
  readonly isGiven: (value: Value) => boolean;
  readonly say: (value: Value, round: RoundDoc) => string;
  /** Items were taken out of the vote, with what stood on them. */
  readonly returned: (values: readonly Value[]) => string;
}

const MARKS = {
  dots,
  approve,
  opinion,
  rating,
  criteria,
  ranking,
  points,
  budget,
  matrix,
  pairwise,
  choice,
  scale,
} satisfies Record<BallotKey, BallotMarks>;

export const marksOf = (round: RoundDoc): BallotMarks => MARKS[ballotOf(round)];
