import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { aCard, aPerson } from "./fixtures";
import { SessionClient, type ClientView } from "./session-client";
import { MemoryStore } from "./store";
import { stubBrowser, unstubBrowser, Wire } from "./wire.fixture";

const happened = new EventTarget();
let client: SessionClient;
let view: ClientView;

beforeEach(() => {
  stubBrowser(happened);
  client = new SessionClient({ code: "KP73MX", as: "phone", lang: "nl", store: new MemoryStore(), url: "ws://room/" });
  client.subscribe((now) => (view = now));
  client.start();
});

afterEach(() => {
  client.stop();
  unstubBrowser();
});

const put = (seq: number, id: string): object => ({ type: "card.put", seq, card: aCard(id, { rank: seq }) });
const cards = (): string[] => (view.snapshot?.cards ?? []).map(({ id }) => id);

describe("the shared log", () => {
  beforeEach(() => Wire.last.open().welcome());

  it("moves on with each range, whether it says something or not", () => {
    Wire.last.say({ from: 11, to: 11, events: [put(11, "a")] });
    Wire.last.say({ from: 12, to: 20, events: [] });
    Wire.last.say({ from: 21, to: 22, events: [put(22, "b")] });
    expect(cards()).toEqual(["a", "b"]);
    expect(Wire.last.of("hello")).toHaveLength(1);
  });

  it("does nothing twice", () => {
    Wire.last.say({ from: 11, to: 12, events: [put(11, "a"), put(12, "b")] });
    const before = view.snapshot;
    Wire.last.say({ from: 11, to: 12, events: [put(11, "a"), { type: "card.gone", seq: 12, card: "b" }] });
    expect(view.snapshot).toBe(before);
    Wire.last.say({ from: 12, to: 13, events: [{ type: "card.gone", seq: 12, card: "b" }, put(13, "c")] });
    expect(cards()).toEqual(["a", "b", "c"]);
  });

  it("asks again, once, when something is missing", () => {
    Wire.last.say({ from: 13, to: 13, events: [put(13, "late")] });
    Wire.last.say({ from: 14, to: 14, events: [put(14, "later")] });
    expect(cards()).toEqual([]);
    const hellos = Wire.last.of("hello");
    expect(hellos).toHaveLength(2);
    expect(hellos[1]?.with).toMatchObject({ epoch: "e1", seq: 10 });
    Wire.last.say({
      re: hellos[1]?.id,
      ok: { you: aPerson(), epoch: "e1", ping: 5, time: 0, seq: 14, events: [put(11, "a"), put(14, "later")] },
    });
    expect(cards()).toEqual(["a", "later"]);
    Wire.last.say({ from: 15, to: 15, events: [put(15, "b")] });
    expect(cards()).toEqual(["a", "later", "b"]);
  });

  it("is not moved by a private frame", () => {
    const vote = { round: "r", item: "i", value: 1, tap: 3 };
    Wire.last.say({ you: [{ type: "you.vote", seq: 11, vote, sector_fixed: true }], to: 11 });
    expect(view.you).toMatchObject({ votes: [vote], tap: 3 });
    Wire.last.say({ from: 11, to: 11, events: [put(11, "a")] });
    expect(cards()).toEqual(["a"]);
    expect(client.nextTap()).toBe(4);
    expect(client.nextTap()).toBe(5);
  });

  it("is beside the latest values", () => {
    Wire.last.say({ now: { tally: { r: { i: [1, 2] } } }, at: 11 });
    Wire.last.say({ now: { tally: { r: { j: [3, 4] } } }, at: 11 });
    expect(view.snapshot?.now.tally).toEqual({ r: { i: [1, 2], j: [3, 4] } });
  });
});

describe("a connection", () => {
  it("comes back, says where it was, and sends again what was not acknowledged", async () => {
    Wire.last.open().welcome();
    const asked = client.ask("sector.change", { sector: "s2" });
    const key = Wire.last.of("sector.change")[0]?.key;
    expect(key).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    Wire.last.fall();
    expect(view.waiting).toHaveLength(1);
    vi.advanceTimersByTime(600);
    expect(Wire.all).toHaveLength(2);
    Wire.last.open();
    expect(Wire.last.heard).toMatchObject([{ do: "hello", with: { protocol: 2, lang: "nl", epoch: "e1", seq: 10 } }]);
    Wire.last.welcome();
    const again = Wire.last.of("sector.change")[0];
    expect(again?.key).toBe(key);
    Wire.last.say({ re: again?.id, ok: { seq: 12, id: null } });
    await expect(asked).resolves.toEqual({ seq: 12, id: null });
    expect(view.settling).toHaveLength(1);
    Wire.last.say({ from: 11, to: 12, events: [] });
    expect(view.settling).toEqual([]);
  });

  it("says offline only when it lasts", () => {
    Wire.last.open().welcome();
    expect(view.status).toBe("connected");
    Wire.last.fall();
    expect(view.status).toBe("connected");
    vi.advanceTimersByTime(3000);
    expect(view.status).toBe("offline");
    expect(view.lastContact).toBe(1_000_000);
    client.retry();
    Wire.last.open().welcome();
    expect(view.status).toBe("connected");
  });

  it("pings, and leaves a silent server after 2.4 pings", () => {
    Wire.last.open().welcome();
    vi.advanceTimersByTime(5000);
    expect(Wire.last.of("ping").map((said) => said.with)).toEqual([{ waiting: 0 }]);
    vi.advanceTimersByTime(6999);
    expect(Wire.all).toHaveLength(1);
    vi.advanceTimersByTime(601);
    expect(Wire.all).toHaveLength(2);
  });

  it("tells a screen that shows what others do within seconds that nothing is heard, and how old it all is", () => {
    const stage = new SessionClient({ code: "KP73MX", as: "stage", lang: "nl", url: "ws://room/" });
    let seen!: ClientView;
    stage.subscribe((now) => (seen = now));
    stage.start();
    Wire.last.open().welcome({ you: { as: "stage" } });
    const heard = Date.now();
    vi.advanceTimersByTime(4999);
    expect([seen.status, seen.isLate, seen.behind]).toEqual(["connected", false, null]);
    expect(Wire.last.of("ping")).toHaveLength(2);
    vi.advanceTimersByTime(1);
    expect([seen.status, seen.isLate, seen.behind]).toEqual(["connected", true, heard]);
    Wire.last.say({ now: {}, at: 10 });
    expect([seen.isLate, seen.behind]).toEqual([false, null]);
    // The server itself may say that it cannot look.
    Wire.last.say({ now: { behind: { since: 123 } }, at: 10 });
    expect(seen.behind).toBe(123);
    Wire.last.say({ now: { behind: { since: null } }, at: 10 });
    expect(seen.behind).toBeNull();
    stage.stop();
  });

  it("waits as long as a server that goes away asks for", () => {
    Wire.last.open().welcome();
    Wire.last.say({ bye: "restart", after: 4000 });
    Wire.last.fall(4001);
    vi.advanceTimersByTime(3999);
    expect(Wire.all).toHaveLength(1);
    vi.advanceTimersByTime(1);
    expect(Wire.all).toHaveLength(2);
  });

  it("tries at once when the network is back", () => {
    Wire.last.open().welcome();
    Wire.last.fall();
    happened.dispatchEvent(new Event("online"));
    expect(Wire.all).toHaveLength(2);
  });

  it("asks for a sign of life when the phone wakes up", () => {
    Wire.last.open().welcome();
    happened.dispatchEvent(new Event("pageshow"));
    expect(Wire.last.of("ping")).toHaveLength(1);
    vi.advanceTimersByTime(3100);
    expect(Wire.all).toHaveLength(2);
  });

  it("stays away when the server does not want it", () => {
    const gone = { code: "auth.retired", message: "Replaced", retry: false, fields: {} };
    Wire.last.open().say({ re: null, error: gone });
    Wire.last.fall(4503);
    expect(view).toMatchObject({ status: "refused", refusal: gone });
    vi.advanceTimersByTime(60_000);
    expect(Wire.all).toHaveLength(1);
  });

  it("comes back when asked after the server did not want it, and is refused until it is let in", () => {
    const out = { code: "auth.signed_out", message: "Signed out", retry: false, fields: {} };
    Wire.last.open().welcome();
    Wire.last.say({ re: null, error: out });
    Wire.last.fall(4500);
    client.retry();
    expect(Wire.all).toHaveLength(2);
    Wire.last.open().say({ re: null, error: out });
    Wire.last.fall(4500);
    expect(view).toMatchObject({ status: "refused", refusal: out });
    client.retry();
    Wire.last.open().welcome();
    expect(Wire.all).toHaveLength(3);
    expect(view).toMatchObject({ status: "connected", refusal: null });
  });

  it("knows the server's clock", () => {
    Wire.last.open();
    vi.advanceTimersByTime(200);
    Wire.last.welcome({ time: 5_000_000 });
    expect(client.now()).toBe(5_000_100);
  });
});
