import { untrack } from "svelte";

import { nextOpen, oneBefore, type Named } from "./turn";

/** What the turning asks of whoever shows the things: all read anew whenever they are needed. */
export interface Asked<T extends Named> {
  /** In this person's own order. */
  readonly things: () => readonly T[];
  readonly isAnswered: (id: string) => boolean;
  readonly isStored: (id: string) => boolean;
  /** Nothing can be stored now: what is given waits on the phone. */
  readonly isWaiting: () => boolean;
  /** The next stands there, or none. `after`: what was answered, null when nothing was. */
  readonly turned: (next: T | null, after: string | null) => void;
}

/** An answer stays ink so long before the next thing comes: as long as it takes to see it. */
const SEEN = 400;
/** A server that says nothing for so long holds nobody up: the answer is kept on the phone. */
const PATIENCE = 1500;

/** One thing at a time: which stands there, which comes next and when, and the way back. Made while a component is. */
export class Turns<T extends Named> {
  #at = $state<string | null>(null);
  /** Answered, and still in sight. */
  #leaving = $state<{ readonly id: string; readonly since: number } | null>(null);
  readonly #asked: Asked<T>;

  /** What stands there; null when all were answered. */
  readonly current: T | null = $derived.by(() => this.#asked.things().find(({ id }) => id === this.#at) ?? null);
  readonly isLeaving: boolean = $derived(this.#leaving !== null);
  /** Where back goes; null: nowhere. */
  readonly back: T | null = $derived.by(() => (this.#leaving ? null : oneBefore(this.#asked.things(), this.#at)));

  constructor(asked: Asked<T>) {
    this.#asked = asked;
    this.#at = untrack(() => nextOpen(asked.things(), asked.isAnswered, null)?.id ?? null);

    // It was taken out of the vote or hidden while it stood here: the next one that is open.
    $effect(() => {
      if (this.#at !== null && !this.current) untrack(() => this.#go(null));
    });

    $effect(() => {
      if (!this.#leaving) return;
      const { id, since } = this.#leaving;
      // It was refused: it stays, to be answered again.
      if (!asked.isAnswered(id)) {
        untrack(() => (this.#leaving = null));
        return;
      }
      const wait = asked.isStored(id) || asked.isWaiting() ? SEEN : PATIENCE;
      const timer = setTimeout(() => this.#go(id), Math.max(0, since + wait - Date.now()));
      return () => clearTimeout(timer);
    });
  }

  #go(after: string | null): void {
    this.#leaving = null;
    const next = nextOpen(this.#asked.things(), this.#asked.isAnswered, after);
    this.#at = next?.id ?? null;
    this.#asked.turned(next, after);
  }

  /** It was answered: the next comes once that was seen and stored. */
  answered(id: string): void {
    this.#leaving = { id, since: Date.now() };
  }

  /** To the next one that is open at once, whether this one was answered or not. */
  next(): void {
    this.#go(this.#at);
  }

  /** To the one before. Returns it; null: there is none. */
  turnBack(): T | null {
    const { back } = this;
    if (back) this.#at = back.id;
    return back;
  }

  /** To this one, from a list of all. */
  turnTo(id: string): void {
    this.#at = id;
  }
}
