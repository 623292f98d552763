import type { OutboxEntry } from "./entry";

/** A monotonic counter shared by all tabs of a browser. */
export type Counter = "tap" | "place";

/** Where unacknowledged answers live. `put` and `drop` return at once; what they began survives the tab. */
export interface OutboxStore {
  load(): Promise<OutboxEntry[]>;
  put(entry: OutboxEntry): void;
  drop(key: string): void;
  /** The next number, above `floor` and above all that were given on this device. */
  count(counter: Counter, floor: number): number;
  /** Another tab gave this number. */
  counted(counter: Counter, number: number): void;
  /** The last write to storage failed: only this page has that answer. */
  readonly isFull: boolean;
  /** At least one answer is only in this page. */
  readonly isUnsafe: boolean;
  /** Called when `isFull` changes. */
  changed: () => void;
}

/** For a screen whose commands are not worth more than its tab: the console. */
export class MemoryStore implements OutboxStore {
  readonly isFull: boolean = false;
  readonly isUnsafe: boolean = false;
  changed = (): void => undefined;
  readonly #highest: Record<Counter, number> = { tap: 0, place: 0 };
  load = (): Promise<OutboxEntry[]> => Promise.resolve([]);
  put(): void {}
  drop(): void {}
  count(counter: Counter, floor: number): number {
    return (this.#highest[counter] = Math.max(this.#highest[counter], floor) + 1);
  }
  counted(counter: Counter, number: number): void {
    this.#highest[counter] = Math.max(this.#highest[counter], number);
  }
}
