/** How each way of voting is spoken of on the projectors, and what its people are drawn as. The pictures are the same. */
import type { BallotKey, ResultItemDoc, RoundDoc, StepDoc } from "../lib/wire.gen";
import { ballotOf } from "./ballot";
import { stage as dots } from "./dots/stage";
import { stage as opinion } from "./opinion/stage";

/** People of one answer, as they stand in a row: solid, a stroke, or open. */
export interface Drawn {
  readonly as: "solid" | "stroke" | "open";
  readonly n: number;
  /** What they answered. */
  readonly words: string;
}

/** What stands behind an item, counted plainly. */
export interface Counted {
  readonly drawn: readonly Drawn[];
  /** The number in big type, and what it is, for who hears it. */
  readonly figure: string;
  readonly unit: string;
  /** Under it. */
  readonly under: string;
}

export interface Notes {
  readonly heads: string;
  /** Averaged over the O's: the four of them, or those that voted. */
  readonly four: string;
  readonly those: string;
  readonly apart: string;
  readonly change: string;
}

export interface StageBallot {
  /** What a vote lets people do, in one line. */
  readonly rule: (step: StepDoc, round: RoundDoc | undefined) => string;
  /** Under the name of each picture. */
  readonly notes: (round: RoundDoc) => Notes;
  /** Of the whole round, beside how many people took part. */
  readonly total: (told: Readonly<Record<string, number>>) => string;
  readonly published: (figures: ResultItemDoc, round: RoundDoc) => Counted;
  /** A live count, as the server tells it; none yet: nothing. */
  readonly live: (counts: readonly number[] | null | undefined, round: RoundDoc) => Counted;
  /** How live counts are read, where that is not plain; said in place of the rule. */
  readonly reading?: (round: RoundDoc) => string;
  /** Before there are live counts. */
  readonly awaited: (threshold: number) => string;
}

const BALLOTS = { dots, opinion } satisfies Record<BallotKey, StageBallot>;

/** A step says how it will be voted on before it has a round. */
export const stageBallot = (round: RoundDoc | undefined, step: StepDoc): StageBallot =>
  BALLOTS[round ? ballotOf(round) : (step.settings.rules?.ballot ?? "dots")];
