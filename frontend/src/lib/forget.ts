/** What this browser keeps of one session: answers and words that were never stored, what was last known, the page. */
import { attempt, transact } from "./disk";
import { draftsHere, forgetDraftsHere, type Draft } from "./draft";
import { textOf, type OutboxEntry } from "./entry";
import { forgetKept } from "./kept";

/** Refusals after which nothing of the session is kept here. */
const GONE = new Set(["session.deleted", "session.unknown"]);

export const isGone = (code: string | undefined): boolean => code !== undefined && GONE.has(code);

const prefixOf = (code: string): string => `cocreation:${code}:`;

/** Texts that only this browser has, each once: answers that wait or were refused, and what was being typed. */
export async function readUnsent(code: string): Promise<string[]> {
  const prefix = prefixOf(code);
  const all = await transact<(OutboxEntry & { session: string })[]>("outbox", "readonly", (entries) => entries.getAll());
  const found: (string | null)[] = draftsHere(code);
  if (Array.isArray(all)) found.push(...all.filter((entry) => entry.session === prefix).map(textOf));
  for (const storage of storages()) {
    for (const name of namesIn(storage, prefix)) {
      const thing = attempt(() => JSON.parse(storage.getItem(name) ?? "null") as OutboxEntry | Draft | null);
      if (name.startsWith(`${prefix}entry:`)) found.push(thing ? textOf(thing as OutboxEntry) : null);
      if (name.startsWith(`${prefix}draft:`)) found.push((thing as Draft | null)?.text ?? null);
    }
  }
  return [...new Set(found.flatMap((text) => (text?.trim() ? [text] : [])))];
}

/** Forget all of it. Where a browser gives no storage there is nothing to forget. */
export async function forgetSession(code: string): Promise<void> {
  const prefix = prefixOf(code);
  for (const storage of storages()) for (const name of namesIn(storage, prefix)) attempt(() => storage.removeItem(name));
  const page = `/s/${code}/`;
  attempt(() => (document.cookie = `seed=; path=${page}; max-age=0; SameSite=Lax`));
  forgetDraftsHere(code);
  forgetKept(code);
  await transact("leases", "relaxed", (leases) => void leases.delete(prefix));
  await transact("outbox", "strict", (entries) => {
    const all = entries.openCursor();
    all.onsuccess = () => {
      const cursor = all.result;
      if (!cursor) return;
      if ((cursor.value as { session: string }).session === prefix) cursor.delete();
      cursor.continue();
    };
  });
  // Under HTTPS the worker keeps the page; what its files are, it tidies by itself.
  if (typeof caches === "undefined") return;
  const names = await caches.keys().catch(() => []);
  for (const name of names) {
    if (name.startsWith("cocreation-pages")) await (await caches.open(name)).delete(page, { ignoreVary: true });
  }
}

function storages(): Storage[] {
  return [() => localStorage, () => sessionStorage].flatMap((storage) => attempt<Storage | undefined>(storage) ?? []);
}

function namesIn(storage: Storage, prefix: string): string[] {
  const names = Array.from({ length: storage.length }, (_, index) => storage.key(index) ?? "");
  return names.filter((name) => name.startsWith(prefix));
}
