/** How each way of voting is spoken of on the results page. */
import type { AnyRules, BallotKey } from "../lib/wire.gen";
import { studio as dots } from "./dots/studio";
import { studio as opinion } from "./opinion/studio";

export type Told = Readonly<Record<string, number>>;

export interface StudioBallot {
  /** What a share is: of each O, and where there are none. */
  readonly perGroup: (rules: AnyRules) => string;
  readonly ofPeople: (rules: AnyRules) => string;
  /** Of the whole round, beside how many people took part. */
  readonly total: (told: Told) => string;
  /** What is told of one point besides, over everyone; "" nothing. */
  readonly besides: (told: Told, rules: AnyRules) => string;
}

const BALLOTS = { dots, opinion } satisfies Record<BallotKey, StudioBallot>;

export const studioBallot = ({ ballot }: AnyRules): StudioBallot => BALLOTS[ballot];
