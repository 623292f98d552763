// @vitest-environment happy-dom
import { flushSync, mount, unmount } from "svelte";
import { afterEach, beforeEach, expect, it, vi } from "vitest";

import { aPerson, aSnapshot, aStep } from "../lib/fixtures";
import { SessionClient } from "../lib/session-client";
import { MemoryStore } from "../lib/store";
import { Wire } from "../lib/wire.fixture";
import Awaited from "./Awaited.svelte";
import { Chunk, fetchFailed, fetchWhenIdle, laterAddresses } from "./chunk.svelte";
import { Phone } from "./phone.svelte";

let phone: Phone;
beforeEach(() => {
  vi.stubGlobal("WebSocket", Wire);
  const client = new SessionClient({ code: "KP73MX", as: "phone", lang: "en", store: new MemoryStore() });
  phone = new Phone(client, { code: "KP73MX", join: "", receipt: null, person: null, watch: null });
  client.start();
  Wire.last.open().welcome({ you: aPerson(), snapshot: aSnapshot({ steps: [aStep("one")] }) });
});
afterEach(() => {
  phone.client.stop();
  vi.unstubAllGlobals();
});

it("is fetched once, and again only after it could not be had", async () => {
  const load = vi.fn(() => Promise.reject<string>(new TypeError("no network")));
  const chunk = new Chunk(load);
  await Promise.all([chunk.fetch(), chunk.fetch()]);
  expect([load.mock.calls.length, chunk.hasFailed, chunk.parts]).toEqual([1, true, null]);
  load.mockImplementation(() => Promise.resolve("screens"));
  fetchFailed([chunk]);
  await vi.waitFor(() => expect(chunk.parts).toBe("screens"));
  expect(chunk.hasFailed).toBe(false);
  fetchFailed([chunk]);
  await chunk.fetch();
  expect(load).toHaveBeenCalledTimes(2);
});

it("is fetched again by itself: a request from before the network was lost may fail once it is back", async () => {
  vi.useFakeTimers();
  const load = vi.fn(() => Promise.reject<string>(new TypeError("no network")));
  const chunk = new Chunk(load);
  await chunk.fetch();
  await vi.advanceTimersByTimeAsync(3_000);
  expect([load.mock.calls.length, chunk.hasFailed]).toEqual([2, true]);
  load.mockImplementation(() => Promise.resolve("screens"));
  await vi.advanceTimersByTimeAsync(6_000);
  expect([chunk.parts, chunk.hasFailed]).toEqual(["screens", false]);
  vi.useRealTimers();
});

it("imports when idle only what it has fetched: a browser may not ask again for what failed", async () => {
  vi.useFakeTimers();
  vi.stubGlobal("requestIdleCallback", (run: () => void) => run());
  const get = vi.fn((address: string) => Promise.reject<Response>(new TypeError(address)));
  vi.stubGlobal("fetch", get);
  const script = Object.assign(document.createElement("script"), { type: "text/plain" });
  script.dataset.later = "/static/a.js /static/a.css";
  document.body.append(script);
  const load = vi.fn(() => Promise.resolve("screens"));
  fetchWhenIdle([new Chunk(load)], laterAddresses(document));
  dispatchEvent(new Event("load"));
  await vi.advanceTimersByTimeAsync(0);
  expect([get.mock.calls, load.mock.calls.length]).toEqual([[["/static/a.js"], ["/static/a.css"]], 0]);
  get.mockImplementation(() => Promise.resolve(new Response("")));
  await vi.advanceTimersByTimeAsync(3_000);
  expect([get.mock.calls.length, load.mock.calls.length]).toEqual([4, 1]);
  script.remove();
  vi.useRealTimers();
});

it("says so with a way to load the page again where it cannot be had, and what was given is kept", async () => {
  void phone.client.ask("card.write", {
    step: "one",
    text: "Zon op het dak",
    aspect: "both",
    lang: "nl",
    pillar: "p1",
  });
  await vi.waitFor(() => expect(phone.view.waiting).toHaveLength(1));
  const chunk = new Chunk(() => Promise.reject<string>(new TypeError("no network")));
  const mounted = mount(Awaited, { target: document.body, props: { phone, chunk } });
  flushSync();
  expect(document.body.textContent).not.toContain("did not come over");
  await vi.waitFor(() => expect(document.body.textContent).toContain("A part of this page did not come over."));
  expect(document.querySelector("button")?.textContent).toBe("Load the page again");
  expect(phone.view.waiting).toHaveLength(1);
  await unmount(mounted);
});

it.each([
  ["inside a screen", true, "[role=status]"],
  ["as a screen of its own", false, "h1"],
])("says one moment %s once it takes long, and nothing where it comes at once", async (_, inside, place) => {
  vi.useFakeTimers();
  const chunk = new Chunk(() => new Promise<string>(() => undefined));
  const mounted = mount(Awaited, { target: document.body, props: { phone, chunk, inside } });
  flushSync();
  await vi.advanceTimersByTimeAsync(190);
  expect(document.body.textContent).not.toContain("One moment");
  await vi.advanceTimersByTimeAsync(20);
  flushSync();
  expect(document.querySelector(place)?.textContent).toBe("One moment");
  await unmount(mounted);
  vi.useRealTimers();
});
