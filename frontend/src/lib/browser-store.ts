import type { OutboxEntry } from "./entry";
import { makeKey } from "./key";
import type { OutboxStore } from "./store";

/** A sign of life is worth this long; after it another tab takes over what the silent one left. */
export const LEASE = 10_000;

/** Both stores of the browser: localStorage is written before the tap's handler ends, so a reload cannot be faster;
 *  IndexedDB is flushed to disk, so a killed browser cannot lose it. What one forgot to forget is sent again with the
 *  same key, and that is harmless. Either may be missing or full. */
export class BrowserStore implements OutboxStore {
  readonly tab: string;
  readonly #prefix: string;
  readonly #disk: Promise<IDBDatabase | null>;

  constructor(code: string) {
    this.#prefix = `cocreation:${code}:`;
    this.tab = this.#nameTab();
    this.#disk = openDisk();
  }

  async load(): Promise<OutboxEntry[]> {
    const found = new Map<string, OutboxEntry>();
    const prefix = this.#entry("");
    for (const entry of await this.#readDisk()) found.set(entry.key, entry);
    attempt(() => {
      for (let index = 0; index < localStorage.length; index += 1) {
        const name = localStorage.key(index);
        if (!name?.startsWith(prefix)) continue;
        const entry = JSON.parse(localStorage.getItem(name) ?? "null") as OutboxEntry | null;
        if (entry) found.set(entry.key, entry);
      }
    });
    return [...found.values()].sort((one, two) => one.place - two.place);
  }

  put(entry: OutboxEntry): void {
    attempt(() => localStorage.setItem(this.#entry(entry.key), JSON.stringify(entry)));
    this.#write((entries) => entries.put({ ...entry, session: this.#prefix }));
  }

  drop(key: string): void {
    attempt(() => localStorage.removeItem(this.#entry(key)));
    this.#write((entries) => entries.delete(key));
  }

  isTaken(entry: OutboxEntry): boolean {
    if (entry.tab === this.tab) return false;
    const seen = Number(attempt(() => localStorage.getItem(`${this.#prefix}tab:${entry.tab}`)) ?? 0);
    const age = Date.now() - seen;
    return age >= 0 && age < LEASE;
  }

  claim(): void {
    attempt(() => localStorage.setItem(`${this.#prefix}tab:${this.tab}`, String(Date.now())));
  }

  release(): void {
    attempt(() => localStorage.removeItem(`${this.#prefix}tab:${this.tab}`));
  }

  tap(): number {
    return Number(attempt(() => localStorage.getItem(`${this.#prefix}tap`)) ?? 0);
  }

  keepTap(tap: number): void {
    attempt(() => localStorage.setItem(`${this.#prefix}tap`, String(tap)));
  }

  #entry(key: string): string {
    return `${this.#prefix}entry:${key}`;
  }

  /** Kept through a reload, so that a page finds its own answers at once. */
  #nameTab(): string {
    const name = `${this.#prefix}tab`;
    const known = attempt(() => sessionStorage.getItem(name));
    if (known) return known;
    const made = makeKey();
    attempt(() => sessionStorage.setItem(name, made));
    return made;
  }

  #write(change: (entries: IDBObjectStore) => void): void {
    void this.#disk.then((disk) => {
      if (!disk) return;
      attempt(() => {
        const transaction = disk.transaction("outbox", "readwrite", { durability: "strict" });
        change(transaction.objectStore("outbox"));
        transaction.commit?.();
      });
    });
  }

  async #readDisk(): Promise<OutboxEntry[]> {
    const disk = await this.#disk;
    if (!disk) return [];
    return new Promise((resolve) => {
      const asked = disk.transaction("outbox").objectStore("outbox").getAll();
      asked.onerror = () => resolve([]);
      asked.onsuccess = () => {
        const all = asked.result as (OutboxEntry & { session: string })[];
        resolve(all.filter((entry) => entry.session === this.#prefix));
      };
    });
  }
}

/** A browser may refuse storage (private window, full disk): then the page still works until it is closed. */
function attempt<T>(act: () => T): T | undefined {
  try {
    return act();
  } catch {
    return undefined;
  }
}

function openDisk(): Promise<IDBDatabase | null> {
  return new Promise((resolve) => {
    const asked = attempt(() => indexedDB.open("cocreation", 1));
    if (!asked) return resolve(null);
    // Some browsers never answer in a private window.
    setTimeout(() => resolve(null), 2000);
    asked.onupgradeneeded = () => asked.result.createObjectStore("outbox", { keyPath: "key" });
    asked.onerror = () => resolve(null);
    asked.onblocked = () => resolve(null);
    asked.onsuccess = () => resolve(asked.result);
  });
}
