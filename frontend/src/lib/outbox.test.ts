import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { editCard, withdrawCard } from "./cards";
import { WINDOW } from "./in-flight";
import { card, Desk, error, vote } from "./outbox.fixture";

beforeEach(() => void vi.useFakeTimers({ now: 1_000_000 }));
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe("answers on their way", () => {
  it("go in the order of the taps, many at once, and are kept until acknowledged", async () => {
    const desk = new Desk();
    desk.outbox.open(7);
    const promise = desk.outbox.add("card.write", card("a"));
    void desk.outbox.add("card.write", card("b"));
    expect(desk.texts()).toEqual(["a", "b"]);
    expect(desk.outbox.waiting).toHaveLength(2);
    desk.ok(0, 5, "id-a");
    await expect(promise).resolves.toEqual({ seq: 5, id: "id-a" });
    expect(desk.outbox.waiting).toHaveLength(1);
    expect(desk.outbox.settling).toHaveLength(1);
    desk.outbox.reach(5);
    expect(desk.outbox.settling).toEqual([]);
  });

  it("are no more than the window allows", () => {
    const desk = new Desk();
    desk.outbox.open(7);
    for (let n = 0; n < WINDOW + 5; n += 1) void desk.outbox.add("card.write", card(String(n)));
    expect(desk.sent).toHaveLength(WINDOW);
    desk.ok(0);
    expect(desk.sent).toHaveLength(WINDOW + 1);
  });

  it("go again with the same keys, from the oldest, after the wire broke", () => {
    const desk = new Desk();
    desk.outbox.open(7);
    for (const text of ["a", "b", "c"]) void desk.outbox.add("card.write", card(text));
    desk.ok(1);
    desk.outbox.close();
    const keys = desk.sent.map(({ entry }) => entry.key);
    desk.sent.length = 0;
    desk.outbox.open(7);
    expect(desk.texts()).toEqual(["a", "c"]);
    expect(desk.sent.map(({ entry }) => entry.key)).toEqual([keys[0], keys[2]]);
  });

  it("wait a second when the server could not judge them, then go again in order", () => {
    const desk = new Desk();
    desk.outbox.open(7);
    void desk.outbox.add("vote.cast", vote("x", 0, 1));
    void desk.outbox.add("vote.cast", vote("y", 1, 2));
    desk.no(0, error("rate.slow_down", true));
    // The second was judged without the first: its refusal says nothing.
    desk.no(1, error("vote.budget_spent"));
    expect(desk.outbox.waiting).toHaveLength(2);
    expect(desk.sent).toHaveLength(2);
    vi.advanceTimersByTime(1000);
    expect(desk.texts()).toEqual([0, 1, 0, 1]);
    desk.ok(2);
    desk.ok(3);
    expect(desk.outbox.waiting).toEqual([]);
  });

  it("wait and are said to wait while the server can store nothing, until it stores the first", () => {
    const desk = new Desk();
    desk.outbox.open(7);
    for (const text of ["a", "b"]) void desk.outbox.add("card.write", card(text));
    desk.no(0, error("rate.slow_down", true));
    expect(desk.outbox.isDeferred).toBe(false);
    desk.no(1, error("server.unavailable", true));
    expect(desk.outbox.isDeferred).toBe(true);
    // Longer and longer pauses, and never for good: after a night it still tries.
    for (const pause of [1000, 2000, 4000, 8000, 15_000, 15_000]) {
      const before = desk.sent.length;
      vi.advanceTimersByTime(pause - 1);
      expect(desk.sent).toHaveLength(before);
      vi.advanceTimersByTime(1);
      expect(desk.texts().slice(before)).toEqual(["a", "b"]);
      desk.no(before, error("server.unavailable", true));
      desk.no(before + 1, error("server.unavailable", true));
    }
    expect(desk.outbox.isDeferred).toBe(true);
    expect(desk.outbox.waiting).toHaveLength(2);
    vi.advanceTimersByTime(15_000);
    desk.ok(desk.sent.length - 2, 5, "id-a");
    expect(desk.outbox.isDeferred).toBe(false);
    desk.ok(desk.sent.length - 1, 6, "id-b");
    expect(desk.outbox.waiting).toEqual([]);
  });

  it("say no more that they wait when what waited was refused after all", () => {
    const desk = new Desk();
    desk.outbox.open(7);
    void desk.outbox.add("vote.cast", vote("x", 1, 1));
    desk.no(0, error("server.unavailable", true));
    vi.advanceTimersByTime(1000);
    expect(desk.outbox.isDeferred).toBe(true);
    desk.no(1, error("vote.budget_spent"));
    void desk.outbox.add("vote.cast", vote("x", 1, 2));
    expect(desk.outbox.isDeferred).toBe(false);
  });

  it("are refused for good with their text kept, and without text not kept but when they came too late", async () => {
    const desk = new Desk();
    desk.outbox.open(7);
    const writing = desk.outbox.add("card.write", card("a"));
    const voting = desk.outbox.add("vote.cast", vote("x", 1, 1));
    const late = desk.outbox.add("vote.cast", vote("y", 1, 2));
    desk.no(0, error("step.closed"));
    desk.no(1, error("vote.budget_spent"));
    desk.no(2, error("round.closed"));
    await expect(writing).rejects.toMatchObject({ code: "step.closed" });
    await expect(voting).rejects.toMatchObject({ code: "vote.budget_spent" });
    await expect(late).rejects.toMatchObject({ code: "round.closed" });
    expect(desk.outbox.waiting).toEqual([]);
    expect(desk.outbox.refused.map((entry) => [entry.with, entry.error?.code])).toEqual([
      [card("a"), "step.closed"],
      [vote("y", 1, 2), "round.closed"],
    ]);
    for (const { key } of desk.outbox.refused) desk.outbox.forget(key);
    expect(desk.outbox.refused).toEqual([]);
  });

  it("that take a card back or correct it are given back when they came too late", () => {
    const desk = new Desk();
    desk.outbox.open(7);
    void desk.outbox.add("card.withdraw", { card: "a" });
    void desk.outbox.add("card.edit", { card: "b", aspect: "software" });
    void desk.outbox.add("card.withdraw", { card: "gone" });
    desk.no(0, error("card.in_vote"));
    desk.no(1, error("step.closed"));
    // There is nothing left of it to take back.
    desk.no(2, error("card.unknown"));
    expect(desk.outbox.refused.map((entry) => [entry.do, entry.error?.code])).toEqual([
      ["card.withdraw", "card.in_vote"],
      ["card.edit", "step.closed"],
    ]);
  });

  it("of one item, one after the other, are one", async () => {
    const desk = new Desk();
    const first = desk.outbox.add("vote.cast", vote("x", 1, 1));
    void desk.outbox.add("vote.cast", vote("x", 0, 2));
    void desk.outbox.add("vote.cast", vote("y", 1, 3));
    void desk.outbox.add("vote.cast", vote("x", 2, 4));
    desk.outbox.open(7);
    expect(desk.sent.map(({ entry }) => "tap" in entry.with && entry.with.tap)).toEqual([2, 3, 4]);
    desk.ok(0, 9);
    await expect(first).resolves.toEqual({ seq: 9, id: null });
  });

  it("of a facilitator who was away are not done late", async () => {
    const desk = new Desk();
    const opening = desk.outbox.add("step.open", { step: "one" });
    const turning = desk.outbox.add("stage.show", { step: "one", held: true });
    const hiding = desk.outbox.add("card.redact", { card: "c", reason: "rude" });
    vi.advanceTimersByTime(20_000);
    desk.outbox.open(null);
    await expect(opening).rejects.toMatchObject({ code: "server.unavailable" });
    await expect(turning).rejects.toMatchObject({ code: "server.unavailable" });
    expect(desk.sent.map(({ entry }) => entry.do)).toEqual(["card.redact"]);
    desk.ok(0);
    await hiding;
  });
});

describe("a card that has no id yet", () => {
  it("changes on the phone while it has not left", () => {
    const desk = new Desk();
    void desk.outbox.add("card.write", card("a"));
    const name = `@${desk.outbox.waiting[0]?.key}`;
    editCard(desk.client, name, { text: "b" });
    desk.outbox.open(7);
    expect(desk.texts()).toEqual(["b"]);
  });

  it("is withdrawn without a word while it has not left", () => {
    const desk = new Desk();
    void desk.outbox.add("card.write", card("a"));
    withdrawCard(desk.client, `@${desk.outbox.waiting[0]?.key}`);
    desk.outbox.open(7);
    expect(desk.sent).toEqual([]);
  });

  it("is changed after it when it may have left", () => {
    const desk = new Desk();
    desk.outbox.open(7);
    void desk.outbox.add("card.write", card("a"));
    editCard(desk.client, `@${desk.outbox.waiting[0]?.key}`, { text: "b" });
    void desk.outbox.add("card.write", card("c"));
    expect(desk.texts()).toEqual(["a"]);
    const name = `@${desk.outbox.waiting[0]?.key}`;
    desk.ok(0, 4, "id-a");
    // A form that was opened before still has the old name.
    editCard(desk.client, name, { aspect: "software" });
    expect(desk.sent[3]?.entry.with).toEqual({ card: "id-a", aspect: "software" });
    desk.sent.pop();
    expect(desk.sent[1]?.entry.with).toEqual({ card: "id-a", text: "b" });
    expect(desk.texts()).toEqual(["a", "b", "c"]);
  });

  it("keeps its newest words when it is refused", () => {
    const desk = new Desk();
    desk.outbox.open(7);
    void desk.outbox.add("card.write", card("a"));
    editCard(desk.client, `@${desk.outbox.waiting[0]?.key}`, { text: "b" });
    desk.no(0, error("step.closed"));
    expect(desk.outbox.refused.map((entry) => entry.with)).toEqual([card("b")]);
    expect(desk.outbox.waiting).toEqual([]);
  });
});
