import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { aPerson, aSnapshot } from "./fixtures";
import "./long-poll"; // loaded before it is asked for: the test's clock stands
import { SessionClient, type ClientView } from "./session-client";
import { MemoryStore } from "./store";
import { stubBrowser, unstubBrowser, Wire, type Said } from "./wire.fixture";

interface Asked {
  readonly url: string;
  readonly body: { have?: number; say?: Said[]; end?: boolean };
  readonly told: (answer: { have: number; frames: object[]; closed?: number | null }) => Promise<void>;
  readonly fail: () => Promise<void>;
  readonly taken: () => Promise<void>;
}

const URL = "wss://room/ws/s/KP73MX/?as=phone";
const happened = new EventTarget();
let client: SessionClient;
let view: ClientView;
let isUp: boolean;
let asked: Asked[];

beforeEach(() => {
  stubBrowser(happened);
  asked = [];
  isUp = true;
  vi.stubGlobal("fetch", (url: string, init: { body?: string }) => {
    if (url === "/health/live") return isUp ? Promise.resolve({ ok: true }) : Promise.reject(new TypeError());
    return new Promise((resolve, reject) => {
      const settle = async (act: () => void): Promise<void> => {
        asked = asked.filter((other) => other !== mine);
        act();
        await settled();
      };
      const mine: Asked = {
        url,
        body: JSON.parse(init.body ?? "") as Asked["body"],
        told: (answer) => settle(() => resolve({ ok: true, json: () => Promise.resolve({ closed: null, ...answer }) })),
        taken: () => settle(() => resolve({ ok: true })),
        fail: () => settle(() => reject(new TypeError())),
      };
      asked.push(mine);
    });
  });
  client = new SessionClient({ code: "KP73MX", as: "phone", lang: "nl", store: new MemoryStore(), url: URL });
  client.subscribe((now) => (view = now));
  client.start();
});

afterEach(() => {
  client.stop();
  unstubBrowser();
});

const settled = (): Promise<void> => vi.advanceTimersByTimeAsync(0).then(() => vi.dynamicImportSettled());
const poll = (): Asked => one(asked.filter(({ body }) => body.have !== undefined));
const post = (): Asked => one(asked.filter(({ body }) => body.have === undefined && !body.end));
const opened = (): Asked[] => asked.filter(({ body }) => body.have === 0);

function one<T>(found: readonly T[]): T {
  expect(found).toHaveLength(1);
  return found[0] as T;
}

const welcomeTo = (hello: Said | undefined, more: object = {}): object => ({
  re: hello?.id,
  ok: { you: aPerson(), epoch: "e1", ping: 5, time: Date.now(), seq: 10, snapshot: aSnapshot(), ...more },
});

/** Two upgrades are refused; then the long poll is asked for. */
async function refuse(): Promise<void> {
  Wire.last.fall();
  await vi.advanceTimersByTimeAsync(600);
  Wire.last.fall();
  await vi.advanceTimersByTimeAsync(1100);
  await settled();
}

async function goOn(): Promise<void> {
  await refuse();
  const { body, told } = poll();
  await told({ have: 1, frames: [welcomeTo(body.say?.[0])] });
}

/** The long poll stands for so long: the server says something now and then. */
async function stand(ms: number): Promise<void> {
  for (let passed = 0; passed < ms; passed += 2000) {
    await vi.advanceTimersByTimeAsync(2000);
    await poll().told({ have: 1, frames: [{ now: {}, at: 10 }] });
  }
}

describe("where sockets are refused", () => {
  it("goes on over HTTP after two of them, and says so", async () => {
    await refuse();
    const { url, body, told } = poll();
    expect(url).toMatch(/^https:\/\/room\/http\/s\/KP73MX\/\?as=phone&line=[0-9a-f]{32}$/);
    expect(body).toMatchObject({ have: 0, say: [{ do: "hello", with: { protocol: 2, lang: "nl" } }] });
    await told({ have: 1, frames: [welcomeTo(body.say?.[0])] });
    expect([view.status, view.isSlow]).toEqual(["connected", true]);
    expect(poll().body).toEqual({ have: 1 });
  });

  it("does not take a server that is away for such a network", async () => {
    isUp = false;
    await refuse();
    expect(asked).toEqual([]);
    await vi.advanceTimersByTimeAsync(4000);
    expect(Wire.all.length).toBeGreaterThan(2);
    Wire.last.open().welcome();
    expect([view.status, view.isSlow]).toEqual(["connected", false]);
  });

  it("sends one request at a time, in the order of the taps", async () => {
    await goOn();
    const first = client.ask("sector.change", { sector: "a" });
    void client.ask("sector.change", { sector: "b" });
    void client.ask("sector.change", { sector: "c" });
    const { body, taken } = post();
    expect(body.say?.map((said) => said.with)).toEqual([{ sector: "a" }]);
    await taken();
    const next = post();
    expect(next.body.say?.map((said) => said.with)).toEqual([{ sector: "b" }, { sector: "c" }]);
    await poll().told({ have: 2, frames: [{ re: body.say?.[0]?.id, ok: { seq: 11, id: null } }] });
    await expect(first).resolves.toMatchObject({ seq: 11 });
    expect(view.waiting).toHaveLength(2);
  });

  it("comes back with a new long poll, where it was, when a request fails", async () => {
    await goOn();
    void client.ask("sector.change", { sector: "a" });
    const key = post().body.say?.[0]?.key;
    const before = poll();
    await before.fail();
    expect(view.waiting).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(600);
    await settled();
    const again = one(opened());
    expect(again.url).not.toBe(before.url);
    expect(again.body.say?.[0]?.with).toMatchObject({ epoch: "e1", seq: 10 });
    await again.told({
      have: 1,
      frames: [welcomeTo(again.body.say?.[0], { snapshot: undefined, events: [], now: {} })],
    });
    expect(
      asked.filter(({ url, body }) => url === again.url && body.say).map(({ body }) => body.say?.[0]?.key),
    ).toEqual([key]);
  });

  it("ends where the server says so, with its reason", async () => {
    await goOn();
    const error = { code: "auth.not_joined", message: "…", retry: false, fields: {} };
    await poll().told({ have: 2, frames: [{ re: null, error }], closed: 4500 });
    expect([view.status, view.refusal?.code]).toEqual(["refused", "auth.not_joined"]);
  });

  it("tells the server when it goes", async () => {
    await goOn();
    client.stop();
    expect(asked.filter(({ body }) => body.end)).toHaveLength(1);
  });
});

describe("back to a socket", () => {
  it("is gone as soon as the server answers on one", async () => {
    await goOn();
    const before = Wire.all.length;
    await vi.advanceTimersByTimeAsync(2600);
    expect(Wire.all).toHaveLength(before + 1);
    expect(view.isSlow).toBe(true);
    Wire.last.open();
    expect(Wire.last.of("hello")).toEqual([]);
    Wire.last.say({ re: 0, ok: { time: Date.now() } });
    expect(asked.filter(({ body }) => body.end)).toHaveLength(1);
    expect(one(Wire.last.of("hello")).with).toMatchObject({ epoch: "e1", seq: 10 });
    Wire.last.welcome({ snapshot: undefined, events: [], now: {} } as object);
    expect([view.status, view.isSlow]).toEqual(["connected", false]);
  });

  it("is tried more and more seldom, and at once when the network changes", async () => {
    await goOn();
    const before = Wire.all.length;
    for (const [n, pause] of [4000, 6000, 12_000].entries()) {
      await stand(pause);
      expect(Wire.all).toHaveLength(before + n + 1);
      Wire.last.fall();
    }
    happened.dispatchEvent(new Event("online"));
    expect(Wire.all).toHaveLength(before + 4);
  });
});

describe("where sockets hang", () => {
  it("waits eight seconds for the first one, and for no second", async () => {
    await vi.advanceTimersByTimeAsync(7900);
    expect(Wire.all).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(800);
    await settled();
    expect(poll().body.have).toBe(0);
    expect(Wire.all).toHaveLength(1);
  });
});

describe("where sockets die young", () => {
  it("goes on over HTTP after two", async () => {
    Wire.last.open().welcome();
    Wire.last.fall();
    await vi.advanceTimersByTimeAsync(600);
    Wire.last.open().welcome();
    Wire.last.fall();
    await vi.advanceTimersByTimeAsync(600);
    await settled();
    expect(poll().body.say?.[0]?.with).toMatchObject({ epoch: "e1", seq: 10 });
  });

  it("stays with sockets that live", async () => {
    for (let n = 0; n < 3; n += 1) {
      Wire.last.open().welcome();
      for (let s = 0; s < 8; s += 1) {
        await vi.advanceTimersByTimeAsync(5000);
        Wire.last.say({ now: {}, at: 10 });
      }
      Wire.last.fall();
      await vi.advanceTimersByTimeAsync(600);
    }
    expect(asked).toEqual([]);
    expect(Wire.all).toHaveLength(4);
  });
});
