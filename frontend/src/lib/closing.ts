/** What a phone tells of the step that was closed last: how many answers to it it still has. */
import { inputOf } from "../kinds/facts";
import type { OutboxEntry } from "./entry";
import type { Left, PersonDoc, SnapshotDoc, StepDoc } from "./wire.gen";

/** Later than this, the next ping in turn is early enough. */
const FRESH = 120_000;

/** The step for answers that was closed last, also when it was closed for good. */
export function closedLast(steps: readonly StepDoc[]): StepDoc | null {
  const closed = steps.filter((step) => step.state === "closed" && inputOf(step) !== null);
  return closed.reduce<StepDoc | null>((a, b) => (a && (a.closed_at ?? 0) >= (b.closed_at ?? 0) ? a : b), null);
}

export function leftOf(
  snapshot: SnapshotDoc,
  you: PersonDoc,
  waiting: readonly OutboxEntry[],
): Left | null {
  const step = closedLast(snapshot.steps);
  if (!step || step.sealed || step.closed_at === null) return null;
  const mayBe = (entry: OutboxEntry): boolean => {
    const content = entry.with;
    if ("round" in content) return content.round === step.round;
    if ("step" in content) return content.step === step.id;
    if ("card" in content) return (you.cards.find(({ id }) => id === content.card)?.step ?? step.id) === step.id;
    return false;
  };
  return { step: step.id, at: step.closed_at, held: waiting.filter(mayBe).length };
}

/** Tells it as soon as a closing is known, and again when nothing is left. Not every phone at the same moment. */
export class ClosingTeller {
  #told = "";
  #held = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    readonly tell: () => void,
    /** Seconds between two pings in turn: longer in a fuller room. */
    readonly rhythm: () => number,
  ) {}

  /** Another connection: nothing was told on it. */
  forget(): void {
    this.#told = "";
    clearTimeout(this.#timer);
  }

  look(left: Left | null, now: number): void {
    const key = left ? `${left.step} ${left.at}` : "";
    const held = left?.held ?? 0;
    const isNew = key !== this.#told && key !== "" && left !== null && now - left.at < FRESH;
    const isDone = key === this.#told && held === 0 && this.#held > 0;
    this.#told = key;
    this.#held = held;
    if (isNew) {
      clearTimeout(this.#timer);
      this.#timer = setTimeout(this.tell, Math.random() * this.rhythm() * 100);
    } else if (isDone) {
      this.tell();
    }
  }
}
