import { IDBFactory } from "fake-indexeddb";
import { afterEach, beforeEach, vi } from "vitest";

import { BrowserStore } from "./browser-store";
import { forgetDatabase } from "./indexed-db";
import type { OutboxEntry } from "./entry";
import { Drawer } from "./fixtures";
import { Outbox } from "./outbox";
import { BEAT, BrowserTabs } from "./tabs";

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
export class Tab {
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
        acknowledged: () => undefined,
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
    this.outbox.takeReply(this.sent[index]?.number ?? -1, { ok: { seq, id } });
  }
  get texts(): unknown[] {
    return this.sent.map(({ entry }) =>
      "text" in entry.with ? entry.with.text : "item" in entry.with && entry.with.item,
    );
  }
  get waiting(): number {
    return this.outbox.waiting.length;
  }
}

/** The database works in turns of the event loop, which stands still for no fake clock. */
export async function turns(): Promise<void> {
  for (let n = 0; n < 40; n += 1) await new Promise((resolve) => setImmediate(resolve));
}

export async function pass(milliseconds: number): Promise<void> {
  for (let left = milliseconds; left > 0; left -= BEAT / 2) {
    vi.advanceTimersByTime(Math.min(left, BEAT / 2));
    await turns();
  }
}

export async function openTab(person = 7): Promise<Tab> {
  const tab = new Tab();
  tab.outbox.person = person;
  tab.outbox.open(person);
  await turns();
  return tab;
}

/** A frozen tab is in the middle of a transaction: nobody else's begins. Returns what ends it. */
export async function holdDatabase(): Promise<() => void> {
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

/** What stands in for the browser’s own storage, anew for each test. */
export let drawer: Drawer;

/** For each test: a clock that stands still, an empty browser, and letters between its tabs. */
export function useBrowser(): void {
  beforeEach(() => {
    vi.useFakeTimers({
      now: 1_000_000,
      toFake: ["Date", "setTimeout", "clearTimeout", "setInterval", "clearInterval"],
    });
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
    forgetDatabase();
  });

  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });
}
