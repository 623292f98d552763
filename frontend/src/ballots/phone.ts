/** How each way of voting looks on a phone, each in a chunk of its own: a phone loads the one that its round asks for, and
 *  when it is idle those that the agenda has. */
import type { Component } from "svelte";

import type { BallotKey, ResultDoc, RoundDoc, StepDoc } from "../lib/wire.gen";
import { Chunk } from "../phone/chunk.svelte";
import type { Phone } from "../phone/phone.svelte";
import { ballotOf } from "./ballot";

export interface InputProps {
  readonly phone: Phone;
  readonly step: StepDoc;
  readonly round: RoundDoc;
}

export interface OwnProps {
  readonly phone: Phone;
  readonly round: RoundDoc;
  readonly title: string;
}

export interface ResultProps {
  readonly phone: Phone;
  readonly round: RoundDoc;
  readonly result: ResultDoc;
}

export interface PhoneBallot {
  /** Gives a person's mark. */
  readonly Input: Component<InputProps>;
  /** What it shows is bigger than what the step asks: the question stands above it in the size of text. */
  readonly isPromptSmall?: boolean;
  /** What this person gave. */
  readonly Own: Component<OwnProps>;
  /** `step`: named where it stands among others. */
  readonly ownTitle: (step: string | null) => string;
  /** What came of it. */
  readonly Result: Component<ResultProps>;
}

const chunk = (load: () => Promise<{ readonly phone: PhoneBallot }>): Chunk<PhoneBallot> =>
  new Chunk(async () => (await load()).phone);

const BALLOTS = {
  dots: chunk(() => import("./dots/phone")),
  approve: chunk(() => import("./approve/phone")),
  opinion: chunk(() => import("./opinion/phone")),
  rating: chunk(() => import("./rating/phone")),
  scale: chunk(() => import("./scale/phone")),
  criteria: chunk(() => import("./criteria/phone")),
  matrix: chunk(() => import("./matrix/phone")),
  ranking: chunk(() => import("./ranking/phone")),
  points: chunk(() => import("./points/phone")),
  budget: chunk(() => import("./budget/phone")),
  pairwise: chunk(() => import("./pairwise/phone")),
  choice: chunk(() => import("./choice/phone")),
} satisfies Record<BallotKey, Chunk<PhoneBallot>>;

export const ballotChunks: readonly Chunk<unknown>[] = Object.values(BALLOTS);

/** Those of these ways of voting; of all when nothing is said. */
export const chunksOf = (keys: readonly string[] | null): readonly Chunk<unknown>[] =>
  Object.entries(BALLOTS).flatMap(([key, found]) => (keys === null || keys.includes(key) ? [found] : []));

export const phoneBallot = (round: RoundDoc): Chunk<PhoneBallot> => BALLOTS[ballotOf(round)];
