import { attempt, inTime, transact } from "./indexed-db";
import type { OutboxEntry } from "./entry";
import type { Counter, OutboxStore } from "./store";

type Stored = OutboxEntry & { session: string };

/** Both stores of the browser: localStorage is written before the tap's handler ends, so a reload cannot be faster;
 *  IndexedDB is flushed to disk, so a killed browser cannot lose it. What one forgot to forget is sent again with the
 *  same key, and that is harmless. Either may be missing or full; with both, answers are in the page alone. */
export class BrowserStore implements OutboxStore {
  isFull = false;
  changed = (): void => undefined;
  readonly #prefix: string;
  readonly #highest: Record<Counter, number> = { tap: 0, place: 0 };
  /** Not known to be in either store. */
  readonly #unsafe = new Set<string>();

  constructor(code: string) {
    this.#prefix = `cocreation:${code}:`;
  }

  get isUnsafe(): boolean {
    return this.#unsafe.size > 0;
  }

  async load(): Promise<OutboxEntry[]> {
    const found = new Map<string, OutboxEntry>();
    const prefix = this.#entry("");
    const all = await inTime(transact<Stored[]>("outbox", "readonly", (entries) => entries.getAll()));
    if (Array.isArray(all)) for (const entry of all) if (entry.session === this.#prefix) found.set(entry.key, entry);
    attempt(() => {
      for (let index = 0; index < localStorage.length; index += 1) {
        const name = localStorage.key(index);
        if (!name?.startsWith(prefix)) continue;
        const entry = attempt(() => JSON.parse(localStorage.getItem(name) ?? "null") as OutboxEntry | null);
        if (entry) found.set(entry.key, entry);
      }
    });
    const isKeeping = all !== null || attempt(() => (localStorage.setItem(`${this.#prefix}try`, "1"), true));
    this.#tell(isKeeping === true);
    return [...found.values()].sort((one, two) => one.place - two.place);
  }

  put(entry: OutboxEntry): void {
    const name = this.#entry(entry.key);
    const isHere = attempt(() => (localStorage.setItem(name, JSON.stringify(entry)), true)) === true;
    if (isHere) this.#unsafe.delete(entry.key);
    else this.#unsafe.add(entry.key);
    void transact("outbox", "strict", (entries) => void entries.put({ ...entry, session: this.#prefix })).then(
      (done) => {
        // The older words stay in localStorage until the newer ones are on disk.
        if (!isHere && done) attempt(() => localStorage.removeItem(name));
        if (done) this.#unsafe.delete(entry.key);
        this.#tell(isHere || done !== null);
      },
    );
  }

  drop(key: string): void {
    this.#unsafe.delete(key);
    attempt(() => localStorage.removeItem(this.#entry(key)));
    void transact("outbox", "strict", (entries) => void entries.delete(key));
  }

  count(counter: Counter, floor: number): number {
    const name = `${this.#prefix}${counter}`;
    const stored = Number(attempt(() => localStorage.getItem(name)) ?? 0);
    const next = Math.max(this.#highest[counter], stored, floor) + 1;
    this.#highest[counter] = next;
    attempt(() => localStorage.setItem(name, String(next)));
    return next;
  }

  counted(counter: Counter, number: number): void {
    this.#highest[counter] = Math.max(this.#highest[counter], number);
  }

  #tell(isKept: boolean): void {
    if (this.isFull === !isKept) return;
    this.isFull = !isKept;
    this.changed();
  }

  #entry(key: string): string {
    return `${this.#prefix}entry:${key}`;
  }
}
