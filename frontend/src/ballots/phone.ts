/** How each way of voting looks on a phone. */
import type { Component } from "svelte";

import type { BallotKey, ResultDoc, RoundDoc, StepDoc } from "../lib/wire.gen";
import type { Phone } from "../phone/phone.svelte";
import { ballotOf } from "./ballot";
import { phone as dots } from "./dots/phone";
import { phone as opinion } from "./opinion/phone";

export interface PhoneBallot {
  /** Gives a person's mark. */
  readonly Input: Component<{ phone: Phone; step: StepDoc; round: RoundDoc }>;
  /** What it shows is bigger than what the step asks: the question stands above it in the size of text. */
  readonly isPromptSmall?: boolean;
  /** What this person gave. */
  readonly Own: Component<{ phone: Phone; round: RoundDoc; title: string }>;
  /** `step`: named where it stands among others. */
  readonly ownTitle: (step: string | null) => string;
  /** What came of it. */
  readonly Result: Component<{ phone: Phone; round: RoundDoc; result: ResultDoc }>;
}

const BALLOTS = { dots, opinion } satisfies Record<BallotKey, PhoneBallot>;

export const phoneBallot = (round: RoundDoc): PhoneBallot => BALLOTS[ballotOf(round)];
