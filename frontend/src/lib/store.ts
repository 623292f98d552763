import type { OutboxEntry } from "./entry";

/** Where unacknowledged answers live. `put` and `drop` return at once; what they began survives the tab. */
export interface OutboxStore {
  load(): Promise<OutboxEntry[]>;
  put(entry: OutboxEntry): void;
  drop(key: string): void;
  /** Whether another tab that is alive sends this entry. */
  isTaken(entry: OutboxEntry): boolean;
  /** This tab's name, and the sign that it lives. */
  readonly tab: string;
  claim(): void;
  release(): void;
  /** The highest tap given on this device. */
  tap(): number;
  keepTap(tap: number): void;
}

/** For a screen whose commands are not worth more than its tab: the console. */
export class MemoryStore implements OutboxStore {
  readonly tab = "memory";
  #tap = 0;
  load = (): Promise<OutboxEntry[]> => Promise.resolve([]);
  put(): void {}
  drop(): void {}
  isTaken = (): boolean => false;
  claim(): void {}
  release(): void {}
  tap = (): number => this.#tap;
  keepTap(tap: number): void {
    this.#tap = tap;
  }
}
