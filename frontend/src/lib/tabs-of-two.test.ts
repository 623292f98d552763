import { describe, expect, it } from "vitest";

import { BEAT, LEASE } from "./tabs";
import { openTab, pass, Tab, turns, useBrowser } from "./tabs.fixture";

useBrowser();

describe("tabs of two people in one browser: one went on here, and a page of who was here before is still open", () => {
  it("send nothing over the connection of the other: the older one asks who it is now, and goes on as that", async () => {
    const one = await openTab(7);
    void one.write("before");
    one.ok(0, 3, "id");
    const two = await openTab(8);
    expect(one.asked).toBe(1);
    void two.write("a");
    void two.put("x", 1);
    await turns();
    expect(one.texts).toEqual(["before"]);
    one.outbox.open(8);
    await turns();
    expect(one.texts).toEqual(["before", "a", "x"]);
    expect([two.asked, two.waiting, two.outbox.refused.length]).toEqual([0, 2, 0]);
  });

  it("also when the newer one has no connection, or is no more", async () => {
    const one = await openTab(7);
    const two = new Tab();
    two.outbox.person = 8;
    void two.put("x", 1);
    two.kill();
    await pass(LEASE + 3 * BEAT);
    expect([one.texts, one.asked]).toEqual([[], 1]);
    one.outbox.open(8);
    await turns();
    expect(one.texts).toEqual(["x"]);
    one.ok(0, 5);
    await turns();

    // Nobody told it: it finds the dot when it takes over.
    const three = await openTab(8);
    one.outbox.close();
    void three.put("y", 1);
    await turns();
    three.outbox.close();
    const old = new Tab();
    old.outbox.person = 7;
    old.outbox.open(7);
    one.kill();
    three.kill();
    await pass(LEASE + 3 * BEAT);
    expect([old.texts, old.outbox.refused, old.asked]).toEqual([[], [], 1]);
    old.outbox.open(8);
    await turns();
    expect(old.texts).toEqual(["y"]);
  });
});
