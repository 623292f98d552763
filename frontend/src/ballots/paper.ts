/** What a paper ballot asks of each item, in every way of voting: the console makes its form from this. What may stand on
 *  it says the server's ballot, as of a phone. */
import type { Component } from "svelte";

import type { AnyRules, BallotKey, ItemDoc, RoundDoc } from "../lib/wire.gen";
import { ballotOf, type RulesOf, type Value } from "./ballot";
import { paper as approve } from "./approve/paper";
import { paper as budget } from "./budget/paper";
import { paper as choice } from "./choice/paper";
import { paper as criteria } from "./criteria/paper";
import { paper as dots } from "./dots/paper";
import { paper as matrix } from "./matrix/paper";
import { paper as opinion } from "./opinion/paper";
import { paper as pairwise } from "./pairwise/paper";
import { paper as points } from "./points/paper";
import { paper as ranking } from "./ranking/paper";
import { paper as rating } from "./rating/paper";
import { paper as scale } from "./scale/paper";

/** One thing that is asked of an item. */
export type PaperField =
  /** A whole number, or nothing. */
  | { readonly kind: "number"; readonly name: string; readonly low: number; readonly high: number }
  /** A cross, or none. */
  | { readonly kind: "tick"; readonly name: string }
  /** One of these: its first letter or number chooses it. */
  | { readonly kind: "pick"; readonly name: string; readonly answers: readonly PaperAnswer[] };

export interface PaperAnswer {
  readonly value: number;
  readonly name: string;
}

/** Item → what stands on it. */
export type Given = Readonly<Record<string, Value>>;

export interface PaperFormProps {
  readonly round: RoundDoc;
  readonly items: readonly ItemDoc[];
  given: Given;
}

export interface PaperSheetProps {
  readonly rules: AnyRules;
  readonly items: readonly ItemDoc[];
  /** Where this form begins, so that not all of them ask the same. */
  readonly turn: number;
}

export interface PaperBallot<Rules extends AnyRules> {
  /** How somebody fills in a printed form of it, sentence by sentence. */
  readonly how: (rules: Rules) => readonly string[];
  /** Of each item, by criterion. */
  readonly fields: (rules: Rules) => readonly PaperField[];
  /** How much of it is used up, beside the form while it is filled in; "" where nothing is. */
  readonly used?: (given: Given, rules: Rules, items: readonly ItemDoc[]) => string;
  /** In place of fields for each item. */
  readonly Form?: Component<PaperFormProps, Record<string, never>, "given">;
  /** The same on a printed form. */
  readonly Sheet?: Component<PaperSheetProps>;
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
  [Key in BallotKey]: PaperBallot<RulesOf<Key>>;
};

/** Whoever asks has rules of this ballot and nothing else. */
export const paperOf = ({ ballot }: Pick<AnyRules, "ballot">): PaperBallot<AnyRules> =>
  BALLOTS[ballot] as unknown as PaperBallot<AnyRules>;

/** Of a round that was opened: its rules are of its ballot. */
export const paperBallot = (round: RoundDoc): PaperBallot<AnyRules> => paperOf({ ballot: ballotOf(round) });
