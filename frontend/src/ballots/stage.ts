/** How each way of voting is spoken of on the projectors, and what its people are drawn as. The pictures are the same. */
import type { Component } from "svelte";

import type { BallotKey, ResultDoc, ResultItemDoc, RoundDoc, StepDoc } from "../lib/wire.gen";
import type { Group } from "../parts/groups";
import type { Row } from "../projection/results";
import type { Fitted } from "../projection/rows.svelte";
import { ballotOf } from "./ballot";
import { stage as criteria } from "./criteria/stage";
import { stage as approve } from "./approve/stage";
import { stage as budget } from "./budget/stage";
import { stage as choice } from "./choice/stage";
import { stage as dots } from "./dots/stage";
import { stage as matrix } from "./matrix/stage";
import { stage as opinion } from "./opinion/stage";
import { stage as rating } from "./rating/stage";
import { stage as scale } from "./scale/stage";
import { stage as pairwise } from "./pairwise/stage";
import { stage as points } from "./points/stage";
import { stage as ranking } from "./ranking/stage";

/** People of one answer, as they stand in a row: solid, a stroke, or open. */
export interface Drawn {
  readonly as: "solid" | "stroke" | "open";
  readonly n: number;
  /** What they answered. */
  readonly words: string;
}

/** People who gave one number. */
export interface Bar {
  readonly label: string;
  readonly n: number;
}

/** What stands behind an item, counted plainly. */
export interface Counted {
  readonly drawn: readonly Drawn[];
  /** In place of people in a row: how many gave each number. */
  readonly bars?: readonly Bar[];
  /** Or what is told by each criterion. */
  readonly words?: readonly string[];
  /** A part of the whole, 0 to 1, drawn as a bar: where no people stand behind it. */
  readonly share?: number;
  /** The number in big type, and what it is, for who hears it. */
  readonly figure: string;
  readonly unit: string;
  /** Under it. */
  readonly under: string;
}

export interface OwnPictureProps {
  /** On this page, and in all. */
  readonly rows: readonly Row[];
  readonly all: readonly Row[];
  readonly fitted: Fitted;
  readonly round: RoundDoc;
  readonly result: ResultDoc;
  readonly groups: readonly Group[];
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
  /** The picture that only this ballot has (pictures.ts). */
  readonly Own?: Component<OwnPictureProps>;
}

const BALLOTS = {
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
} satisfies Record<BallotKey, StageBallot>;

/** A step says how it will be voted on before it has a round. */
export const stageBallot = (round: RoundDoc | undefined, step: StepDoc): StageBallot =>
  BALLOTS[round ? ballotOf(round) : (step.settings.rules?.ballot ?? "dots")];
