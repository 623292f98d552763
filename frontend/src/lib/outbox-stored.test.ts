import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { BrowserStore } from "./browser-store";
import { Drawer } from "./fixtures";
import { card, Desk, error, vote } from "./outbox.fixture";

beforeEach(() => void vi.useFakeTimers({ now: 1_000_000 }));
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe("answers in the browser", () => {
  const visit = async (): Promise<Desk> => {
    const desk = new Desk(new BrowserStore("KP73MX"));
    await desk.outbox.adopt();
    return desk;
  };

  beforeEach(() => void vi.stubGlobal("localStorage", new Drawer()));

  it("survive a reload with key and order, and are gone once acknowledged", async () => {
    const before = await visit();
    for (const text of ["a", "b", "c"]) void before.outbox.add("card.write", card(text));
    const keys = before.outbox.waiting.map((entry) => entry.key);
    const after = await visit();
    after.outbox.open(7);
    expect(after.sent.map(({ entry }) => entry.key)).toEqual(keys);
    after.ok(0, 3, "id-a");
    after.ok(2, 4, "id-c");
    const later = await visit();
    expect(later.outbox.waiting.map((entry) => entry.key)).toEqual([keys[1]]);
  });

  it("keep a refused text through a reload", async () => {
    const before = await visit();
    before.outbox.open(7);
    void before.outbox.add("card.write", card("a"));
    before.no(0, error("step.closed"));
    const after = await visit();
    expect(after.outbox.refused.map((entry) => entry.error?.code)).toEqual(["step.closed"]);
    after.outbox.open(7);
    expect(after.sent).toEqual([]);
  });

  it("of another session or another person are not sent", async () => {
    const first = await visit();
    first.outbox.open(7);
    void first.outbox.add("card.write", card("a"));
    void first.outbox.add("vote.cast", vote("x", 1, 1));
    const other = new Desk(new BrowserStore("OTHER1"));
    await other.outbox.adopt();
    expect(other.outbox.waiting).toEqual([]);
    const again = await visit();
    again.outbox.open(8);
    expect(again.sent).toEqual([]);
    expect(again.outbox.refused.map((entry) => [entry.do, entry.error?.code])).toEqual([
      ["card.write", "auth.not_joined"],
    ]);
  });

  it("of another person are given back once, with the newest words", async () => {
    const first = await visit();
    void first.outbox.add("card.write", card("a"));
    const name = `@${first.outbox.waiting[0]?.key}`;
    void first.outbox.add("card.edit", { card: name, text: "b" });
    void first.outbox.add("card.edit", { card: name, text: "c" });
    const again = await visit();
    for (const entry of again.outbox.waiting) Object.assign(entry, { person: 7 });
    again.outbox.open(8);
    expect(again.outbox.refused.map((entry) => entry.with)).toEqual([card("c")]);
    const later = await visit();
    expect(later.outbox.refused.map((entry) => entry.with)).toEqual([card("c")]);
    expect(later.outbox.waiting).toEqual([]);
  });

  it("count taps on through a reload, and past those of another tab", () => {
    const store = new BrowserStore("KP73MX");
    expect([store.count("tap", 40), store.count("tap", 0)]).toEqual([41, 42]);
    const next = new BrowserStore("KP73MX");
    expect(next.count("tap", 0)).toBe(43);
    next.counted("tap", 50);
    expect(next.count("tap", 0)).toBe(51);
  });
});
