// @vitest-environment happy-dom
import "../../lib/page.fixture";

import { flushSync, mount, unmount } from "svelte";
import { beforeEach, describe, expect, it, vi } from "vitest";

import { anItem, aPerson, aRound, aSnapshot, aStep } from "../../lib/fixtures";
import { SessionClient } from "../../lib/session-client";
import { MemoryStore } from "../../lib/store";
import { useWire, Wire } from "../../lib/wire.fixture";
import type { SnapshotDoc } from "../../lib/wire.gen";
import { addMessages, setLanguage } from "../../messages";
import phoneWords from "../../messages/phone.nl.json";
import { said } from "../../parts/announcer.svelte";
import Now from "../../phone/Now.svelte";
import { Phone } from "../../phone/phone.svelte";

addMessages("nl", phoneWords);
vi.setConfig({ testTimeout: 30_000 });

const step = aStep("one", {
  kind: "question",
  round: "r",
  prompt: { nl: "Wat wil je weten?", en: "What do you want to know?" },
  settings: { mode: "qa", most: 3, live: false, approve: false },
});
const asked = (id: string, text: string, rank: number) => anItem(id, { card: `card-${id}`, text, rank });
const BUS = asked("a", "Komt er een bus?", 1);
const ROOM = asked("b", "Blijven er betaalbare ruimtes voor starters?", 2);
const NEW = asked("c", "Wie beslist er over het plein?", 3);
const session = (more: Partial<SnapshotDoc> = {}): SnapshotDoc =>
  aSnapshot({ steps: [step], rounds: [aRound("r", { items: [BUS, ROOM] })], ...more });

const page = (): string => (document.body.textContent ?? "").replace(/\s+/g, " ");
const rows = (): string[] => [...document.querySelectorAll("li .typed")].map((row) => row.textContent ?? "");
const button = (words: string): HTMLButtonElement | undefined =>
  [...document.querySelectorAll("button")].find((each) => each.textContent?.includes(words));
let leave = (): void => undefined;

beforeEach(() => setLanguage("nl"));
useWire(() => leave());

async function onPhone(snapshot: SnapshotDoc): Promise<Wire> {
  const live = new SessionClient({ code: "KP73MX", as: "phone", lang: "nl", store: new MemoryStore() });
  const phone = new Phone(live, { code: "KP73MX", join: "", receipt: null, person: null, watch: null });
  live.start();
  Wire.last.open().welcome({ you: aPerson(), snapshot });
  const mounted = mount(Now, { target: document.body, props: { phone } });
  leave = () => {
    live.stop();
    void unmount(mounted);
  };
  await vi.waitFor(() => expect(rows()).toContain(BUS.text), 20_000);
  return Wire.last;
}

describe("questions from the room, on a phone", () => {
  it("stand still while they are read: what rose and what is new comes when asked for", async () => {
    const wire = await onPhone(session({ now: { tally: { r: { b: [4, 4] } } } }));
    expect(rows()).toEqual([ROOM.text, BUS.text]);
    wire.say({ now: { tally: { r: { a: [9, 9] } } }, at: 10 });
    wire.say({ from: 11, to: 11, events: [{ type: "item.put", seq: 11, round: "r", item: NEW }] });
    flushSync();
    expect(rows()).toEqual([ROOM.text, BUS.text]);
    expect(page()).toContain("Toon 1 nieuwe vraag");
    button("Toon 1 nieuwe vraag")?.click();
    flushSync();
    expect(rows()).toEqual([NEW.text, BUS.text, ROOM.text]);
    button("Meest gesteund")?.click();
    flushSync();
    expect(rows()).toEqual([BUS.text, ROOM.text, NEW.text]);
  });

  it("are supported by a tap and no longer by the next, which counts before the server has counted it", async () => {
    const wire = await onPhone(session({ now: { tally: { r: { b: [4, 4] } } } }));
    const act = document.querySelector<HTMLButtonElement>(`button[aria-label*="${ROOM.text}"]`);
    act?.click();
    flushSync();
    expect(act?.getAttribute("aria-pressed")).toBe("true");
    expect(act?.textContent?.trim()).toBe("5");
    expect(said.now.trim()).toBe(`Gesteund, nu 5: ${ROOM.text}`);
    act?.click();
    flushSync();
    expect(act?.getAttribute("aria-pressed")).toBe("false");
    expect(said.now.trim()).toBe(`Niet meer gesteund, nu 4: ${ROOM.text}`);
    expect(wire.of("vote.cast").map(({ with: content }) => [content["item"], content["value"]])).toContainEqual([
      "b",
      1,
    ]);
  });

  it("show what was asked already before it is asked again", async () => {
    await onPhone(session());
    const field = document.querySelector("textarea");
    if (!field) throw new Error("there is no field");
    field.value = "Is er straks nog betaalbare ruimte voor starters?";
    field.dispatchEvent(new Event("input", { bubbles: true }));
    flushSync();
    expect(page()).toContain("Lijkt hierop. Steunen helpt meer dan herhalen.");
    expect(rows().filter((text) => text === ROOM.text)).toHaveLength(2);
  });
});
