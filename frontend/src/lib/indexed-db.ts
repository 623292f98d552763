/** The browser's database, one for all sessions: it is flushed to disk, and its transactions put tabs in turn. */

/** `outbox`: unacknowledged answers. `leases`: which tab sends. `kept`: what was last known, for a page without network. */
export type StoreName = "outbox" | "leases" | "kept";

const KEYS: Record<StoreName, string> = { outbox: "key", leases: "session", kept: "session" };
const VERSION = 2;
/** Timeout of IndexedDB: some browsers never answer in a private window, and a frozen tab in mid-transaction blocks all
 *  others. */
export const PATIENCE = 2000;

let opened: Promise<IDBDatabase | null> | undefined;

function open(): Promise<IDBDatabase | null> {
  return (opened ??= new Promise((resolve) => {
    const asked = attempt(() => indexedDB.open("cocreation", VERSION));
    if (!asked) return resolve(null);
    setTimeout(() => resolve(null), PATIENCE);
    asked.onupgradeneeded = () => {
      for (const [name, keyPath] of Object.entries(KEYS)) {
        if (!asked.result.objectStoreNames.contains(name)) asked.result.createObjectStore(name, { keyPath });
      }
    };
    asked.onerror = () => resolve(null);
    asked.onblocked = () => resolve(null);
    asked.onsuccess = () => {
      // A page of a newer version may not wait for this one.
      asked.result.onversionchange = () => asked.result.close();
      resolve(asked.result);
    };
  }));
}

/** For tests: the next use opens it anew. */
export function forgetDatabase(): void {
  opened = undefined;
}

/** One transaction. Resolves with what `act` asked for once it is committed; null when there is no such thing as a
 *  database here, or it is full. */
export async function transact<T>(
  store: StoreName,
  mode: "readonly" | "strict" | "relaxed",
  act: (things: IDBObjectStore) => { result: T } | void,
): Promise<T | true | null> {
  const disk = await open();
  if (!disk) return null;
  return new Promise((resolve) => {
    const begun = attempt(() => {
      const transaction =
        mode === "readonly" ? disk.transaction(store) : disk.transaction(store, "readwrite", { durability: mode });
      const asked = act(transaction.objectStore(store));
      transaction.oncomplete = () => resolve(asked ? asked.result : true);
      transaction.onabort = () => resolve(null);
      return true;
    });
    if (!begun) resolve(null);
  });
}

/** What the database answers; null when it does not within `PATIENCE`. */
export async function inTime<T>(answer: Promise<T> | undefined): Promise<T | null | undefined> {
  let late: ReturnType<typeof setTimeout> | undefined;
  const none = new Promise<null>((resolve) => (late = setTimeout(() => resolve(null), PATIENCE)));
  try {
    return await Promise.race([answer, none]);
  } finally {
    clearTimeout(late);
  }
}

/** A browser may refuse storage (private window, full disk): then the page still works until it is closed. */
export function attempt<T>(act: () => T): T | undefined {
  try {
    return act();
  } catch {
    return undefined;
  }
}
