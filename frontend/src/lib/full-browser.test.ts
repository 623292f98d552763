import { describe, expect, it, vi } from "vitest";

import { BrowserStore } from "./browser-store";
import { forgetDatabase } from "./indexed-db";
import { BEAT } from "./tabs";
import { drawer, openTab, pass, turns, useBrowser } from "./tabs.fixture";

useBrowser();

describe("a browser that keeps nothing more", () => {
  it("says so, keeps what it has, and sends from memory", async () => {
    const tab = await openTab();
    tab.outbox.close();
    void tab.write("kept");
    await turns();
    expect([tab.outbox.store.isFull, tab.outbox.store.isUnsafe]).toEqual([false, false]);
    drawer.isFull = true;
    vi.stubGlobal("indexedDB", undefined);
    forgetDatabase();
    void tab.write("in memory");
    await turns();
    expect([tab.outbox.store.isFull, tab.outbox.store.isUnsafe]).toEqual([true, true]);
    await pass(BEAT);
    tab.outbox.open(7);
    expect(tab.texts).toEqual(["kept", "in memory"]);
    tab.ok(1, 2, "b");
    expect(tab.outbox.store.isUnsafe).toBe(false);
    const next = new BrowserStore("KP73MX");
    expect((await next.load()).map((entry) => "text" in entry.with && entry.with.text)).toEqual(["kept"]);
  });

  it("in a private window still has one outbox for its tabs", async () => {
    vi.stubGlobal("indexedDB", undefined);
    vi.stubGlobal("localStorage", undefined);
    const one = await openTab();
    const two = await openTab();
    void two.write("a");
    await turns();
    expect([one.waiting, two.waiting]).toEqual([1, 1]);
    // Nobody can decide which of them sends; the key makes it count once.
    expect(one.sent[0]?.entry.key).toBe(two.sent[0]?.entry.key);
    two.ok(0, 2, "id");
    await turns();
    expect([one.waiting, two.waiting]).toEqual([0, 0]);
    expect(one.outbox.store.isFull).toBe(true);
  });

  it("keeps on disk what localStorage has no room for", async () => {
    drawer.isFull = true;
    const tab = await openTab();
    tab.outbox.close();
    void tab.write("on disk");
    expect(tab.outbox.store.isUnsafe).toBe(true);
    await turns();
    expect([tab.outbox.store.isFull, tab.outbox.store.isUnsafe]).toEqual([false, false]);
    expect(await new BrowserStore("KP73MX").load()).toHaveLength(1);
  });
});
