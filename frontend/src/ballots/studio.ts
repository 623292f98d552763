/** How each way of voting is spoken of on the results page. */
import type { AnyRules, BallotKey, MeanDoc } from "../lib/wire.gen";
import { studio as criteria } from "./criteria/studio";
import { studio as approve } from "./approve/studio";
import { studio as budget } from "./budget/studio";
import { studio as choice } from "./choice/studio";
import { studio as dots } from "./dots/studio";
import { studio as matrix } from "./matrix/studio";
import { studio as opinion } from "./opinion/studio";
import { studio as rating } from "./rating/studio";
import { studio as scale } from "./scale/studio";
import { studio as pairwise } from "./pairwise/studio";
import { studio as points } from "./points/studio";
import { studio as ranking } from "./ranking/studio";

export type Told = Readonly<Record<string, number>>;

/** What is told of one point, over everyone. */
export interface ToldPoint {
  readonly of: number;
  /** By criterion, of ballots in which people give numbers. */
  readonly means: readonly MeanDoc[];
}

/** Numbers that stand in place of shares. */
export interface StudioNumbers {
  /** Of everybody; `equal`: every O the same weight, where that is told. */
  readonly whole: (point: ToldPoint, equal: boolean) => string;
  readonly group: (point: ToldPoint, group: number) => string;
}

export interface StudioBallot {
  readonly numbers?: (rules: AnyRules) => StudioNumbers;
  /** Its points have no places: their order says nothing. */
  readonly unranked?: true;
  /** What a share is: of each O, and where there are none. */
  readonly perGroup: (rules: AnyRules) => string;
  readonly ofPeople: (rules: AnyRules) => string;
  /** Of the whole round, beside how many people took part. */
  readonly total: (told: Told) => string;
  /** What is told of one point besides, over everyone; "" nothing. */
  readonly besides: (told: Told, rules: AnyRules, point: ToldPoint) => string;
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
} satisfies Record<BallotKey, StudioBallot>;

export const studioBallot = ({ ballot }: AnyRules): StudioBallot => BALLOTS[ballot];
