import { cardOf, targetOf, type OutboxEntry } from "./entry";
import type { Done } from "./wire.gen";

/** The queue of one person's unacknowledged answers, in the order of taps. */
export class PendingQueue {
  #entries: OutboxEntry[] = [];
  /** Keys acknowledged or dropped here: a stored copy that was not deleted yet is not taken for new. */
  readonly #past = new Set<string>();
  /** The ids of cards that were written here, by the name they had before. */
  readonly #ids = new Map<string, string>();

  /** Not acknowledged yet. */
  get waiting(): OutboxEntry[] {
    return this.#entries.filter((entry) => !entry.error && !entry.done);
  }

  /** Acknowledged, and the log has not brought them yet: a screen shows them as stored. */
  get settling(): OutboxEntry[] {
    return this.#entries.filter((entry) => entry.done);
  }

  /** Refused for good, kept until read. */
  get refused(): OutboxEntry[] {
    return this.#entries.filter((entry) => entry.error);
  }

  find(key: string): OutboxEntry | undefined {
    return this.#entries.find((entry) => entry.key === key);
  }

  isPast(key: string): boolean {
    return this.#past.has(key);
  }

  isKnown(key: string): boolean {
    return this.isPast(key) || this.find(key) !== undefined;
  }

  /** What was given after a card and waits for its id. */
  after(key: string): OutboxEntry[] {
    const card = cardOf(key);
    return this.#entries.filter((entry) => targetOf(entry) === card);
  }

  /** Whether an earlier entry satisfies the condition. */
  follows(entry: OutboxEntry, isSo: (key: string) => boolean): boolean {
    return this.#entries.some((other) => other.place < entry.place && isSo(other.key));
  }

  /** With the id of its card, if that was named before it had one and has one now. */
  withId(entry: OutboxEntry): OutboxEntry {
    const id = this.#ids.get(targetOf(entry));
    return id ? ({ ...entry, with: { ...entry.with, card: id } } as OutboxEntry) : entry;
  }

  add(entry: OutboxEntry): void {
    this.#entries = [...this.#entries, entry];
  }

  /** One that was not given here, at its place. */
  insert(entry: OutboxEntry): void {
    const others = this.#entries.filter((known) => known.key !== entry.key);
    this.#entries = [...others, entry].sort((one, two) => one.place - two.place);
  }

  replace(entry: OutboxEntry): void {
    this.#entries = this.#entries.map((known) => (known.key === entry.key ? entry : known));
  }

  remove(key: string): void {
    this.#past.add(key);
    this.#entries = this.#entries.filter((known) => known.key !== key);
  }

  /** Mark as acknowledged; it stays until the log brings it. Returns the entry, if it was queued. */
  acknowledge(key: string, done: Done): OutboxEntry | undefined {
    this.#past.add(key);
    if (done.id) this.#ids.set(cardOf(key), done.id);
    const entry = this.find(key);
    if (entry) this.replace({ ...entry, error: null, done });
    return entry;
  }

  /** The log has come to `seq`. */
  reach(seq: number): void {
    if (this.settling.length > 0) this.#entries = this.#entries.filter((entry) => !entry.done || entry.done.seq > seq);
  }
}
