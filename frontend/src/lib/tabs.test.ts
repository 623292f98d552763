import { describe, expect, it } from "vitest";

import { BEAT, HOLD, LEASE } from "./tabs";
import { holdDatabase, openTab, pass, turns, useBrowser } from "./tabs.fixture";

useBrowser();

describe("two tabs of one person", () => {
  it("have one outbox: the first sends what either gives, in the order it was given", async () => {
    const one = await openTab();
    const two = await openTab();
    void two.write("a");
    void one.write("b");
    await turns();
    const stored = two.write("c");
    await turns();
    expect(two.sent).toEqual([]);
    expect([...one.texts].sort()).toEqual(["a", "b", "c"]);
    expect([one.waiting, two.waiting]).toEqual([3, 3]);
    for (const index of [0, 1, 2]) one.ok(index, 5, `id-${index}`);
    await expect(stored).resolves.toEqual({ seq: 5, id: "id-2" });
    expect([one.waiting, two.waiting]).toEqual([0, 0]);
    two.outbox.reach(5);
    expect(two.outbox.settling).toEqual([]);
  });

  it("number their taps in one row", async () => {
    const one = await openTab();
    const two = await openTab();
    for (const [tab, item] of [
      [one, "x"],
      [two, "y"],
      [one, "z"],
      [two, "x"],
    ] as const) {
      void tab.put(item, 1);
      await turns();
    }
    expect(one.texts).toEqual(["x", "y", "z", "x"]);
    expect(one.sent.map(({ entry }) => "tap" in entry.with && entry.with.tap)).toEqual([1, 2, 3, 4]);
  });

  it("tell each other of a refusal, with its text, until it is put away", async () => {
    const one = await openTab();
    const two = await openTab();
    const writing = two.write("late");
    const voting = two.put("x", 1);
    await turns();
    const error = { code: "step.closed", message: "closed", retry: false, fields: {} } as const;
    one.outbox.takeReply(1, { error });
    one.outbox.takeReply(2, { error: { ...error, code: "vote.budget_spent" } });
    await expect(writing).rejects.toMatchObject({ code: "step.closed" });
    await expect(voting).rejects.toMatchObject({ code: "vote.budget_spent" });
    expect(two.outbox.refused).toHaveLength(1);
    two.outbox.forget(two.outbox.refused[0]?.key ?? "");
    await turns();
    expect(one.outbox.refused).toEqual([]);
  });

  it("name a card by its id from the moment it has one", async () => {
    const one = await openTab();
    const two = await openTab();
    void two.write("a");
    await turns();
    const name = `@${two.outbox.waiting[0]?.key}`;
    void two.outbox.add("card.edit", { card: name, text: "b" });
    one.ok(0, 3, "id-a");
    await turns();
    expect(one.sent[1]?.entry.with).toEqual({ card: "id-a", text: "b" });
    one.ok(1, 4);
    await turns();
    expect([one.waiting, two.waiting]).toEqual([0, 0]);
  });

  it("take over at once from one that closes", async () => {
    const one = await openTab();
    const two = await openTab();
    one.outbox.close();
    void one.write("a");
    one.close();
    await turns();
    expect(two.texts).toEqual(["a"]);
  });

  it("take over within seconds from one that was killed, with the same keys", async () => {
    const one = await openTab();
    const two = await openTab();
    void one.write("a");
    one.kill();
    void two.write("b");
    await pass(LEASE - 2 * BEAT);
    expect(two.sent).toEqual([]);
    await pass(3 * BEAT);
    expect(two.texts).toEqual(["a", "b"]);
    expect(two.sent[0]?.entry.key).toBe(one.sent[0]?.entry.key);
  });

  it("do not send out of turn after having been frozen", async () => {
    const one = await openTab();
    const two = await openTab();
    void one.put("x", 0);
    await turns();
    one.isFrozen = true;
    void two.put("y", 1);
    await pass(LEASE + 2 * BEAT);
    expect(two.texts).toEqual(["x", "y"]);
    two.outbox.takeReply(2, { error: { code: "vote.budget_spent", message: "", retry: false, fields: {} } });
    two.ok(0, 8);
    one.isFrozen = false;
    // Woken by a frame that it had been sent before, and by a hand.
    one.outbox.takeReply(1, { error: { code: "vote.budget_spent", message: "", retry: false, fields: {} } });
    void one.put("z", 1);
    one.wake();
    await pass(2 * BEAT);
    expect(one.texts).toEqual(["x"]);
    expect(two.texts).toEqual(["x", "y", "z"]);
    two.ok(2, 9);
    await turns();
    expect([one.waiting, two.waiting]).toEqual([0, 0]);
  });

  it("take over from one that is frozen with the database in its hands", async () => {
    const one = await openTab();
    const two = await openTab();
    const letGo = await holdDatabase();
    one.isFrozen = true;
    void two.write("a");
    await pass(LEASE + 6 * BEAT);
    expect(two.texts).toEqual(["a"]);
    two.ok(0);
    for (const text of ["b", "c", "d"]) {
      await pass(BEAT * 1.5);
      void two.write(text);
      await turns();
    }
    expect(two.texts).toEqual(["a", "b", "c", "d"]);
    letGo();
    one.isFrozen = false;
    one.wake();
    await pass(2 * BEAT);
    expect(one.sent).toEqual([]);
  });

  it("show what waits also while a frozen one has the database in its hands", async () => {
    const one = await openTab();
    one.outbox.close();
    void one.write("a");
    await turns();
    await holdDatabase();
    one.isFrozen = true;
    const two = await openTab();
    await pass(4 * BEAT);
    expect(two.waiting).toBe(1);
  });

  it("change nothing under its key that the other may have sent", async () => {
    const one = await openTab();
    const two = await openTab();
    void two.write("a");
    await turns();
    expect(one.texts).toEqual(["a"]);
    one.kill();
    two.outbox.close();
    await pass(LEASE + 3 * BEAT);
    // It leads now, and has no connection yet.
    expect(two.outbox.tabs.leads).toBe(true);
    expect(two.outbox.amend(two.outbox.waiting[0]?.key ?? "", () => null)).toBe(false);
    expect(two.waiting).toBe(1);
  });

  it("give the turn to the one that has a connection", async () => {
    const one = await openTab();
    const two = await openTab();
    one.outbox.close();
    void one.write("a");
    await pass(2 * BEAT);
    expect(two.texts).toEqual(["a"]);
    two.ok(0, 4, "id-a");
    await turns();
    expect(one.waiting).toBe(0);
  });

  it("rely on a lease for less long than others respect it", () => {
    expect(HOLD + BEAT).toBeLessThanOrEqual(LEASE);
  });
});
