/** How each way of voting is set on the console, and spoken of there. */
import type { Component } from "svelte";

import type { AnyRules, BallotKey, ItemDoc, ResultItemDoc, RoundDoc } from "../lib/wire.gen";
import { ballotOf, type RulesOf } from "./ballot";
import { desk as criteria } from "./criteria/console";
import { desk as approve } from "./approve/console";
import { desk as budget } from "./budget/console";
import { desk as choice } from "./choice/console";
import { desk as dots } from "./dots/console";
import { desk as matrix } from "./matrix/console";
import { desk as opinion } from "./opinion/console";
import { desk as rating } from "./rating/console";
import { desk as scale } from "./scale/console";
import { desk as pairwise } from "./pairwise/console";
import { desk as points } from "./points/console";
import { desk as ranking } from "./ranking/console";

/** What stands behind an item. `of`: whom the heads are of, where that is not the whole round. `told`: in words. */
export interface Behind {
  readonly heads: number;
  readonly of: number | null;
  readonly told: string;
  /** In place of a share of heads: the mean of each item, and per group where that is not its share. */
  readonly figure?: string;
  /** What the figure is, where it is no mean. */
  readonly unit?: string;
  readonly parts?: readonly string[];
  /** What items are ordered by while people vote, where that is not the share of heads. */
  readonly score?: number;
}

export interface ConsoleBallot<Rules extends AnyRules> {
  readonly name: () => string;
  /** When to use it, in one sentence. */
  readonly when: () => string;
  readonly Settings: Component<{ rules: Rules }, Record<string, never>, "rules">;
  /** What of the rules, as they were typed, cannot be sent; "" when all can. */
  readonly wrong: (rules: Rules) => string;
  /** The rules as they are sent: what was left empty has its default. */
  readonly finished: (rules: Rules) => Rules;
  /** What items still lack before they are voted on, in words; "" nothing. */
  readonly lacking?: (items: readonly ItemDoc[]) => string;
  /** What everybody has in another round. */
  readonly again: (round: number) => string;
  /** The first picture of a result. */
  readonly first: () => string;
  /** `equal`: every O the same weight, where that is told. */
  readonly published: (figures: ResultItemDoc, round: RoundDoc, equal: boolean) => Behind;
  /** A live count, as the server tells it; null while there is none of this item. */
  readonly live: (counts: readonly number[] | null, round: RoundDoc) => Behind;
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
} satisfies {
  [Key in BallotKey]: ConsoleBallot<RulesOf<Key>>;
};

export const BALLOT_KEYS = Object.keys(BALLOTS) as BallotKey[];

/** The ballot of these rules: whoever asks has rules of it and nothing else. */
export const consoleBallot = ({ ballot }: Pick<AnyRules, "ballot">): ConsoleBallot<AnyRules> =>
  BALLOTS[ballot] as unknown as ConsoleBallot<AnyRules>;

export const ballotOfRound = (round: RoundDoc): ConsoleBallot<AnyRules> => consoleBallot({ ballot: ballotOf(round) });

export const lackingIn = (rules: AnyRules, items: readonly ItemDoc[]): string =>
  consoleBallot(rules).lacking?.(items) ?? "";
export const wrongIn = (rules: AnyRules): string => consoleBallot(rules).wrong(rules);
export const finished = (rules: AnyRules): AnyRules => consoleBallot(rules).finished(rules);
