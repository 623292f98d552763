/** A session in which a step of each kind is open: what a screen of that kind is tried on. */
import { aCard, anItem, aRound, aSnapshot, aStep } from "../lib/fixtures";
import type { SnapshotDoc, StepDoc, StepKind } from "../lib/wire.gen";

interface Example {
  readonly snapshot: SnapshotDoc;
  readonly step: StepDoc;
}

const words = { title: { nl: "Titel", en: "Title" }, prompt: { nl: "Wat vind jij?", en: "What do you think?" } };

function example(kind: StepKind, more: Partial<SnapshotDoc> = {}, step: Partial<StepDoc> = {}): Example {
  const one = aStep("one", { kind, ...words, ...step });
  return { step: one, snapshot: aSnapshot({ ...more, steps: [one, ...(more.steps ?? [])] }) };
}

/** Reasons of cards that were hidden. */
export const HIDDEN = { name: 1 };

const written = aStep("two", { state: "closed", revealed: true, opened_at: 1, closed_at: 2, hidden: HIDDEN });

export const EXAMPLES = {
  welcome: example("welcome"),
  break: example("break", {}, { deadline: 60_000_000 }),
  collect: example("collect"),
  vote: example(
    "vote",
    { rounds: [aRound("r", { items: [anItem("i", { text: "Zon op het dak" })] })] },
    { round: "r" },
  ),
  question: example("question", {}, { settings: { mode: "words", most: 3, live: false, approve: false } }),
  reveal: example("reveal", { steps: [written], cards: [aCard("c", { step: "two" })] }, { subject: "two" }),
  close: example("close", {}, { body: { nl: "Over een week hoor je meer.", en: "You hear more in a week." } }),
} satisfies Record<StepKind, Example>;
