import { IDBFactory } from "fake-indexeddb";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { BrowserStore } from "./browser-store";
import { forgetDisk } from "./disk";
import type { OutboxEntry } from "./entry";
import { Drawer } from "./fixtures";
import { Outbox } from "./outbox";
import { BEAT, BrowserTabs, HOLD, LEASE } from "./tabs";

/** Letters between the tabs of one browser. A tab that is frozen reads its own when it wakes. */
class Channel {
  static all: Channel[] = [];
  onmessage: ((event: { data: unknown }) => void) | null = null;
  readonly tab = Tab.now;
  constructor(readonly name: string) {
    Channel.all.push(this);
  }
  postMessage(data: unknown): void {
    const copy = structuredClone(data);
    for (const other of Channel.all) {
      if (other === this || other.name !== this.name) continue;
      const read = (): void => other.onmessage?.({ data: copy });
      if (other.tab?.isFrozen) other.tab.asleep.push(read);
      else queueMicrotask(read);
    }
  }
  close(): void {
    Channel.all = Channel.all.filter((other) => other !== this);
  }
}

/** A tab and what it put on the wire. Its timers and letters stand still while it is frozen. */
class Tab {
  static now: Tab | null = null;
  readonly asleep: (() => void)[] = [];
  readonly sent: { number: number; entry: OutboxEntry }[] = [];
  readonly outbox: Outbox;
  isFrozen = false;
  /** How often it asked the server again who it is. */
  asked = 0;
  readonly #handlers: [string, () => void][] = [];
  #number = 0;

  constructor() {
    Tab.now = this;
    vi.stubGlobal("addEventListener", (name: string, act: () => void) => this.#handlers.push([name, act]));
    this.outbox = new Outbox(
      new BrowserStore("KP73MX"),
      {
        send: (entry) => {
          this.sent.push({ number: (this.#number += 1), entry });
          return this.#number;
        },
        changed: () => undefined,
        settled: () => undefined,
        now: () => Date.now(),
        again: () => void (this.asked += 1),
        refusal: (code) => ({ code, message: code, retry: false, fields: {} }),
      },
      new BrowserTabs("KP73MX"),
    );
    this.outbox.start();
    Tab.now = null;
  }

  /** Nothing is told to a tab whose process was killed. */
  kill(): void {
    this.isFrozen = true;
  }
  close(): void {
    for (const [name, act] of this.#handlers) if (name === "pagehide") act();
  }
  wake(): void {
    this.isFrozen = false;
    for (const read of this.asleep.splice(0)) read();
  }
  write(text: string): Promise<unknown> {
    return this.outbox.add("card.write", { step: "one", text, aspect: "both", lang: "nl" });
  }
  put(item: string, value: number): Promise<unknown> {
    const tap = this.outbox.store.count("tap", 0);
    return this.outbox.add("vote.cast", { round: "r", item, value, tap });
  }
  ok(index: number, seq = 1, id: string | null = null): void {
    this.outbox.answer(this.sent[index]?.number ?? -1, { ok: { seq, id } });
  }
  get texts(): unknown[] {
    return this.sent.map(({ entry }) => ("text" in entry.with ? entry.with.text : "item" in entry.with && entry.with.item));
  }
  get waiting(): number {
    return this.outbox.waiting.length;
  }
}

/** The database works in turns of the event loop, which stands still for no fake clock. */
async function turns(): Promise<void> {
  for (let n = 0; n < 40; n += 1) await new Promise((resolve) => setImmediate(resolve));
}

async function pass(milliseconds: number): Promise<void> {
  for (let left = milliseconds; left > 0; left -= BEAT / 2) {
    vi.advanceTimersByTime(Math.min(left, BEAT / 2));
    await turns();
  }
}

async function openTab(person = 7): Promise<Tab> {
  const tab = new Tab();
  tab.outbox.person = person;
  tab.outbox.open(person);
  await turns();
  return tab;
}

/** A frozen tab is in the middle of a transaction: nobody else's begins. Returns what ends it. */
async function holdDatabase(): Promise<() => void> {
  const asked = indexedDB.open("cocreation");
  await new Promise((resolve) => (asked.onsuccess = resolve));
  let isHeld = true;
  const leases = asked.result.transaction(["leases", "outbox"], "readwrite").objectStore("leases");
  const askAgain = (): void => {
    if (isHeld) leases.get("nobody").onsuccess = askAgain;
  };
  askAgain();
  return () => (isHeld = false);
}

let drawer: Drawer;

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000, toFake: ["Date", "setTimeout", "clearTimeout", "setInterval", "clearInterval"] });
  const setEvery = globalThis.setInterval;
  vi.stubGlobal("setInterval", (act: () => void, every: number) => {
    const tab = Tab.now;
    return setEvery(() => {
      if (!tab?.isFrozen) act();
    }, every);
  });
  drawer = new Drawer();
  vi.stubGlobal("localStorage", drawer);
  vi.stubGlobal("indexedDB", new IDBFactory());
  vi.stubGlobal("BroadcastChannel", Channel);
  Channel.all = [];
  forgetDisk();
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

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
    for (const [tab, item] of [[one, "x"], [two, "y"], [one, "z"], [two, "x"]] as const) {
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
    one.outbox.answer(1, { error });
    one.outbox.answer(2, { error: { ...error, code: "vote.budget_spent" } });
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
    two.outbox.answer(2, { error: { code: "vote.budget_spent", message: "", retry: false, fields: {} } });
    two.ok(0, 8);
    one.isFrozen = false;
    // Woken by a frame that it had been sent before, and by a hand.
    one.outbox.answer(1, { error: { code: "vote.budget_spent", message: "", retry: false, fields: {} } });
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

describe("tabs of two people in one browser: one went on here, and a page of who was here before is still open", () => {
  it("send nothing over the line of the other: the older one asks who it is now, and goes on as that", async () => {
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

describe("a browser that keeps nothing more", () => {
  it("says so, keeps what it has, and sends from memory", async () => {
    const tab = await openTab();
    tab.outbox.close();
    void tab.write("kept");
    await turns();
    expect([tab.outbox.store.isFull, tab.outbox.store.isUnsafe]).toEqual([false, false]);
    drawer.isFull = true;
    vi.stubGlobal("indexedDB", undefined);
    forgetDisk();
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
