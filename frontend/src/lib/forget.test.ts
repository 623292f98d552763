import { IDBFactory } from "fake-indexeddb";
import { afterEach, beforeEach, expect, it, vi } from "vitest";

import { BrowserStore } from "./browser-store";
import { forgetDatabase, transact } from "./indexed-db";
import { keepDraft } from "./draft";
import type { OutboxEntry } from "./entry";
import { aPerson, aSnapshot, Drawer } from "./fixtures";
import { forgetSession, isGone, readUnsent } from "./forget";
import { keep, readCached } from "./offline-cache";

const entry = (key: string, text: string): OutboxEntry => ({
  key,
  do: "card.write",
  with: { step: "s", text, aspect: "both", lang: "nl" },
  at: 1,
  place: 1,
  person: 1,
  error: null,
  done: null,
});

beforeEach(() => {
  vi.stubGlobal("indexedDB", new IDBFactory());
  vi.stubGlobal("localStorage", new Drawer());
  vi.stubGlobal("sessionStorage", new Drawer());
  vi.stubGlobal("document", { cookie: "" });
  forgetDatabase();
});
afterEach(() => {
  vi.unstubAllGlobals();
});

async function fill(code: string): Promise<void> {
  const store = new BrowserStore(code);
  store.put(entry(`${code}-1`, `written in ${code}`));
  store.put({
    ...entry(`${code}-2`, ""),
    do: "vote.cast",
    with: { round: "r", item: "i", value: 1, tap: 1 },
  } as OutboxEntry);
  store.count("tap", 0);
  keepDraft(code, "step", { text: `typed in ${code}`, aspect: null, pillar: null });
  keepDraft(code, "other", { text: " ", aspect: "both", pillar: null });
  keep({ session: code, person: 7, at: 1, snapshot: aSnapshot(), you: aPerson() });
  await transact(
    "leases",
    "relaxed",
    (leases) => void leases.put({ session: `cocreation:${code}:`, page: "p", at: 1 }),
  );
}

const everything = async (): Promise<string> => {
  const shelves = (["outbox", "leases", "kept"] as const).map((shelf) =>
    transact<unknown[]>(shelf, "readonly", (all) => all.getAll()),
  );
  // What was shown stays with its tab.
  const drawers = [localStorage, sessionStorage].map((drawer) =>
    Array.from({ length: drawer.length }, (_, index) => drawer.key(index)).filter(
      (name) => !name?.startsWith("shown:"),
    ),
  );
  return JSON.stringify([await Promise.all(shelves), drawers]);
};

it("says what was never sent, and forgets all of this session and nothing of another", async () => {
  await fill("AAAAAA");
  await fill("BBBBBB");
  const unsent = await readUnsent("AAAAAA");
  expect(new Set(unsent.texts)).toEqual(new Set(["written in AAAAAA", "typed in AAAAAA"]));
  expect(unsent.votes).toBe(1);
  expect(await everything()).toContain("AAAAAA");
  await forgetSession("AAAAAA", unsent);
  expect(await everything()).not.toContain("AAAAAA");
  expect(localStorage.getItem("shown:AAAAAA")).toBeNull();
  // The page was loaded again: its tab still has them; another tab has nothing.
  expect(new Set((await readUnsent("AAAAAA")).texts)).toEqual(new Set(["written in AAAAAA", "typed in AAAAAA"]));
  vi.stubGlobal("sessionStorage", new Drawer());
  expect((await readUnsent("AAAAAA")).texts).toEqual([]);
  expect(new Set((await readUnsent("BBBBBB")).texts)).toEqual(new Set(["written in BBBBBB", "typed in BBBBBB"]));
  expect(await readCached("BBBBBB", 7)).not.toBeNull();
});

it("does not forget words that came after it was read what there is", async () => {
  await fill("AAAAAA");
  const unsent = await readUnsent("AAAAAA");
  new BrowserStore("AAAAAA").put(entry("AAAAAA-3", "sent from another tab"));
  keepDraft("AAAAAA", "step", { text: "typed on in another tab", aspect: null, pillar: null });
  keepDraft("AAAAAA", "third", { text: "begun in another tab", aspect: null, pillar: null });
  await forgetSession("AAAAAA", unsent);
  const left = await readUnsent("AAAAAA");
  expect(new Set(left.texts)).toEqual(
    new Set([...unsent.texts, "sent from another tab", "typed on in another tab", "begun in another tab"]),
  );
  await forgetSession("AAAAAA", left);
  expect(await everything()).not.toContain("AAAAAA");
});

it("takes a code that begins like another one for another one", async () => {
  await fill("AAAAAA");
  await forgetSession("AAAAA", await readUnsent("AAAAA"));
  expect((await readUnsent("AAAAAA")).texts).toHaveLength(2);
});

it("has nothing to forget where a browser keeps nothing", async () => {
  vi.stubGlobal("indexedDB", undefined);
  vi.stubGlobal("localStorage", undefined);
  vi.stubGlobal("sessionStorage", undefined);
  const unsent = await readUnsent("AAAAAA");
  expect(unsent.texts).toEqual([]);
  await forgetSession("AAAAAA", unsent);
});

it("forgets what is gone, not what may come back", () => {
  expect(["session.deleted", "session.unknown"].every(isGone)).toBe(true);
  expect(["session.archived", "auth.not_joined", "auth.retired", "hello.protocol", undefined].some(isGone)).toBe(false);
});
