/** What this browser keeps of one session: answers and words that were never stored, what was last known, the page. */
import { attempt, transact } from "./indexed-db";
import { draftsHere, forgetDraftsHere, type Draft } from "./draft";
import { textOf, type OutboxEntry } from "./entry";
import { forgetCached } from "./offline-cache";
import { newestVotes } from "./own";

type Stored = OutboxEntry & { session: string };

/** Refusals after which nothing of the session is kept here. */
const GONE = new Set(["session.deleted", "session.unknown"]);

export const isGone = (code: string | undefined): boolean => code !== undefined && GONE.has(code);

const prefixOf = (code: string): string => `cocreation:${code}:`;
/** In sessionStorage: what is on the page. A browser loads a page again by itself when memory was short. */
const shownOf = (code: string): string => `shown:${code}`;

/** `texts`: what only this browser has, each once: answers that wait or were refused, and what was being typed. `things`:
 *  where they stood, for `forgetSession`. `votes`: on how many items a vote was changed. */
export interface Unsent {
  texts: string[];
  votes: number;
  things: ReadonlySet<string>;
}

export async function readUnsent(code: string): Promise<Unsent> {
  const prefix = prefixOf(code);
  const found: (string | null)[] = [...shownHere(code), ...draftsHere(code)];
  const things = new Set<string>();
  const entries: OutboxEntry[] = [];
  const all = await transact<Stored[]>("outbox", "readonly", (entries) => entries.getAll());
  for (const entry of Array.isArray(all) ? all : []) {
    if (entry.session !== prefix) continue;
    things.add(entry.key);
    entries.push(entry);
    found.push(textOf(entry));
  }
  for (const storage of storages()) {
    for (const name of namesIn(storage, prefix)) {
      const words = storage.getItem(name) ?? "null";
      const thing = attempt(() => JSON.parse(words) as OutboxEntry | Draft | null);
      if (!thing || !isWords(name, prefix)) continue;
      things.add(thingOf(name, words));
      if ("with" in thing) entries.push(thing);
      found.push("with" in thing ? textOf(thing) : thing.text);
    }
  }
  const texts = [...new Set(found.flatMap((text) => (text?.trim() ? [text] : [])))];
  return { texts, votes: newestVotes(entries.filter(({ done }) => !done)).length, things };
}

/** Forget all of it but words that came after `unsent` was read: nobody has been shown those. What was shown stays with
 *  this tab until it is closed. Where a browser gives no storage there is nothing to forget. */
export async function forgetSession(code: string, { texts, things }: Omit<Unsent, "votes">): Promise<void> {
  const prefix = prefixOf(code);
  if (texts.length > 0) attempt(() => sessionStorage.setItem(shownOf(code), JSON.stringify(texts)));
  for (const storage of storages()) {
    for (const name of namesIn(storage, prefix)) {
      const isNew = isWords(name, prefix) && !things.has(thingOf(name, storage.getItem(name) ?? ""));
      if (!isNew) attempt(() => storage.removeItem(name));
    }
  }
  const page = `/s/${code}/`;
  attempt(() => (document.cookie = `seed=; path=${page}; max-age=0; SameSite=Lax`));
  forgetDraftsHere(code);
  forgetCached(code);
  await transact("leases", "relaxed", (leases) => void leases.delete(prefix));
  await transact("outbox", "strict", (entries) => {
    for (const thing of things) entries.delete(thing);
  });
  // Under HTTPS the worker keeps the page; what its files are, it tidies by itself.
  if (typeof caches === "undefined") return;
  const names = await caches.keys().catch(() => []);
  for (const name of names) {
    if (name.startsWith("cocreation-pages")) await (await caches.open(name)).delete(page, { ignoreVary: true });
  }
}

function shownHere(code: string): string[] {
  const texts = attempt<unknown>(() => JSON.parse(sessionStorage.getItem(shownOf(code)) ?? "[]"));
  return Array.isArray(texts) ? texts.filter((text) => typeof text === "string") : [];
}

const isWords = (name: string, prefix: string): boolean => /^(entry|draft):/.test(name.slice(prefix.length));

const thingOf = (name: string, words: string): string => `${name} ${words}`;

function storages(): Storage[] {
  return [() => localStorage, () => sessionStorage].flatMap((storage) => attempt<Storage | undefined>(storage) ?? []);
}

function namesIn(storage: Storage, prefix: string): string[] {
  const names = Array.from({ length: storage.length }, (_, index) => storage.key(index) ?? "");
  return names.filter((name) => name.startsWith(prefix));
}
