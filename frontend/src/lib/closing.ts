/** What a phone tells of the step that was closed last: how many answers to it it still has. */
import type { OutboxEntry } from "./entry";
import type { HeldAnswers, PersonDoc, SnapshotDoc } from "./wire.gen";

/** Later than this, the next ping in turn is early enough. */
const FRESH = 120_000;

export function leftOf(snapshot: SnapshotDoc, you: PersonDoc, waiting: readonly OutboxEntry[]): HeldAnswers | null {
  // What a page of before protocol 2 kept does not say it.
  const closed = snapshot.session.closed ?? null;
  if (!closed) return null;
  const mayBe = (entry: OutboxEntry): boolean => {
    const content = entry.with;
    if ("round" in content) return content.round === closed.round;
    if ("step" in content) return content.step === closed.step;
    if ("card" in content)
      return (you.cards.find(({ id }) => id === content.card)?.step ?? closed.step) === closed.step;
    return false;
  };
  return { step: closed.step, at: closed.at, held: waiting.filter(mayBe).length };
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

  look(left: HeldAnswers | null, now: number): void {
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
