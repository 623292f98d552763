import { IDBFactory } from "fake-indexeddb";
import { afterEach, beforeEach, expect, it, vi } from "vitest";

import { BrowserStore } from "./browser-store";
import { forgetDisk, transact } from "./disk";
import { keepDraft } from "./draft";
import type { OutboxEntry } from "./entry";
import { aPerson, aSnapshot, Drawer } from "./fixtures";
import { forgetSession, isGone, readUnsent } from "./forget";
import { keep, readKept } from "./kept";

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
  forgetDisk();
});
afterEach(() => {
  vi.unstubAllGlobals();
});

async function fill(code: string): Promise<void> {
  const store = new BrowserStore(code);
  store.put(entry(`${code}-1`, `written in ${code}`));
  store.put({ ...entry(`${code}-2`, ""), do: "vote.cast", with: { round: "r", item: "i", value: 1, tap: 1 } } as OutboxEntry);
  store.count("tap", 0);
  keepDraft(code, "step", { text: `typed in ${code}`, aspect: null, pillar: null });
  keepDraft(code, "other", { text: " ", aspect: "both", pillar: null });
  keep({ session: code, person: 7, at: 1, snapshot: aSnapshot(), you: aPerson() });
  await transact("leases", "relaxed", (leases) => void leases.put({ session: `cocreation:${code}:`, page: "p", at: 1 }));
}

const everything = async (): Promise<string> => {
  const shelves = (["outbox", "leases", "kept"] as const).map((shelf) =>
    transact<unknown[]>(shelf, "readonly", (all) => all.getAll()),
  );
  const drawers = [localStorage, sessionStorage].map((drawer) =>
    Array.from({ length: drawer.length }, (_, index) => drawer.key(index)),
  );
  return JSON.stringify([await Promise.all(shelves), drawers]);
};

it("says once what was never sent, and forgets all of this session and nothing of another", async () => {
  await fill("AAAAAA");
  await fill("BBBBBB");
  expect(new Set(await readUnsent("AAAAAA"))).toEqual(new Set(["written in AAAAAA", "typed in AAAAAA"]));
  expect(await everything()).toContain("AAAAAA");
  await forgetSession("AAAAAA");
  expect(await everything()).not.toContain("AAAAAA");
  expect(await readUnsent("AAAAAA")).toEqual([]);
  expect(new Set(await readUnsent("BBBBBB"))).toEqual(new Set(["written in BBBBBB", "typed in BBBBBB"]));
  expect(await readKept("BBBBBB", 7)).not.toBeNull();
});

it("takes a code that begins like another one for another one", async () => {
  await fill("AAAAAA");
  await forgetSession("AAAAA");
  expect(await readUnsent("AAAAAA")).toHaveLength(2);
});

it("has nothing to forget where a browser keeps nothing", async () => {
  vi.stubGlobal("indexedDB", undefined);
  vi.stubGlobal("localStorage", undefined);
  vi.stubGlobal("sessionStorage", undefined);
  expect(await readUnsent("AAAAAA")).toEqual([]);
  await forgetSession("AAAAAA");
});

it("forgets what is gone, not what may come back", () => {
  expect(["session.deleted", "session.unknown"].every(isGone)).toBe(true);
  expect(["session.archived", "auth.not_joined", "auth.retired", "hello.protocol", undefined].some(isGone)).toBe(false);
});
