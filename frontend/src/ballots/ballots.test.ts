// @vitest-environment happy-dom
import "../lib/page.fixture";

import { flushSync, mount, unmount } from "svelte";
import { beforeEach, describe, expect, it, vi } from "vitest";

import { Server, show } from "../console/console.fixture";
import { asChange, draftOf } from "../console/draft";
import { rowsOf } from "../console/results";
import StepForm from "../console/StepForm.svelte";
import { anItem, aPerson, aResult, aRound, aSnapshot, aStep, someFigures } from "../lib/fixtures";
import { SessionClient } from "../lib/session-client";
import { MemoryStore } from "../lib/store";
import { useWire, Wire } from "../lib/wire.fixture";
import { DEFAULT_RULES, type OpinionRules, type OwnVoteDoc, type RoundDoc, type SnapshotDoc } from "../lib/wire.gen";
import { addMessages, setLanguage } from "../messages";
import consoleWords from "../messages/console.nl.json";
import phoneWords from "../messages/phone.nl.json";
import stageWords from "../messages/stage.nl.json";
import { sceneOf } from "../projection/scene";
import Now from "../phone/Now.svelte";
import { Phone } from "../phone/phone.svelte";
import Scene from "../stage/Scene.svelte";
import { finished, wrongIn } from "./console";
import { marksOf } from "./marks";
import { AGREE, DISAGREE, PASS } from "./opinion/marks";
import { nextOpen, oneBefore } from "./turn";
import { stageBallot } from "./stage";

for (const words of [phoneWords, stageWords, consoleWords]) addMessages("nl", words);

vi.setConfig({ testTimeout: 30_000 });

const TEXTS = { a: "Zon op het dak", b: "Een plein om te blijven", c: "Eén loket" };
const items = Object.entries(TEXTS).map(([id, text], rank) => anItem(id, { text, rank }));
const opinion = (over: Partial<RoundDoc> = {}): RoundDoc =>
  aRound("r", { ballot: "opinion", rules: DEFAULT_RULES.opinion, items, ...over });
const step = aStep("one", {
  kind: "vote",
  round: "r",
  prompt: { nl: "Wat herken je?", en: "What do you recognise?" },
  settings: { live: false, rules: DEFAULT_RULES.opinion },
});
const session = (more: Partial<SnapshotDoc> = {}, round: Partial<RoundDoc> = {}): SnapshotDoc =>
  aSnapshot({ steps: [step], rounds: [opinion(round)], ...more });

const page = (): string => (document.body.textContent ?? "").replace(/\s+/g, " ");
const buttons = (): HTMLButtonElement[] => [...document.querySelectorAll<HTMLButtonElement>(".pick button")];
const press = (words: string): void =>
  buttons()
    .find((button) => button.textContent?.trim() === words)
    ?.click();
let leave = (): void => undefined;

beforeEach(() => setLanguage("nl"));
useWire(
  () => {
    leave();
    leave = () => undefined;
  },
  { clock: true },
);

async function onPhone(snapshot: SnapshotDoc, votes: readonly OwnVoteDoc[] = []): Promise<Wire> {
  const live = new SessionClient({ code: "KP73MX", as: "phone", lang: "nl", store: new MemoryStore() });
  const phone = new Phone(live, { code: "KP73MX", join: "", receipt: null, person: null, watch: null });
  live.start();
  Wire.last.open().welcome({ you: aPerson({ votes: [...votes] }), snapshot });
  const mounted = mount(Now, { target: document.body, props: { phone } });
  leave = () => {
    live.stop();
    void unmount(mounted);
  };
  await vi.waitFor(() => expect(page()).toContain("Wat herken je?"), 10_000);
  return Wire.last;
}

const mark = (item: string, value: number, tap = 1): OwnVoteDoc => ({ round: "r", item, value, tap });
const said = (wire: Wire): unknown[] =>
  wire.of("vote.cast").map(({ with: content }) => [content["item"], content["value"]]);

describe("one item at a time", () => {
  it("goes to the next that is open, around the end, and back", () => {
    const answered = new Set(["b"]);
    const isAnswered = (item: string): boolean => answered.has(item);
    expect(nextOpen(items, isAnswered, "a")?.id).toBe("c");
    expect(nextOpen(items, isAnswered, "c")?.id).toBe("a");
    expect(nextOpen(items, () => true, "a")).toBeNull();
    expect(oneBefore(items, "b")?.id).toBe("a");
    expect(oneBefore(items, "a")).toBeNull();
  });

  it("keeps the answers where they are while the words above them change, and sends each once", async () => {
    const wire = await onPhone(session());
    await vi.waitFor(() => expect(buttons()).toHaveLength(3), 10_000);
    const before = buttons();
    const first = document.querySelector("h2")?.textContent;
    expect(page()).toContain("Nog 3 van 3 kaarten");
    press("Herken ik");
    press("Herken ik");
    flushSync();
    expect(before[0]?.getAttribute("aria-pressed")).toBe("true");
    await vi.advanceTimersByTimeAsync(2000);
    flushSync();
    expect(document.querySelector("h2")?.textContent).not.toBe(first);
    expect(buttons()).toEqual(before);
    expect(before[0]?.getAttribute("aria-pressed")).toBe("false");
    expect(page()).toContain("Nog 2 van 3 kaarten");
    expect(said(wire)).toHaveLength(1);
  });

  it("ends in a list in which every answer can be changed", async () => {
    const wire = await onPhone(session(), [mark("a", AGREE), mark("b", PASS), mark("c", DISAGREE)]);
    await vi.waitFor(() => expect(buttons()).toHaveLength(9), 10_000);
    expect(page()).toContain("Klaar, alle 3");
    const group = [...document.querySelectorAll(".pick")].find((one) => one.getAttribute("aria-label") === TEXTS.b);
    group?.querySelectorAll("button")[0]?.click();
    flushSync();
    expect(said(wire)).toEqual([["b", AGREE]]);
  });

  it("lets go of an answer to a card that was hidden", async () => {
    const hidden = items.map((item) => (item.id === "b" ? { ...item, hidden: true, text: "" } : item));
    const wire = await onPhone(session({}, { items: hidden }), [mark("a", AGREE), mark("b", PASS), mark("c", PASS)]);
    await vi.waitFor(() => expect(page()).toContain("Neem terug"), 10_000);
    [...document.querySelectorAll("button")].find((one) => one.textContent === "Neem terug")?.click();
    flushSync();
    expect(said(wire)).toEqual([["b", null]]);
  });
});

const FIGURES = [
  someFigures("a", {
    place: 2,
    heads_place: 2,
    heads: 10,
    of: 20,
    share: 0.5,
    balanced: 0.43,
    told: { agree: 10, pass: 2, disagree: 8 },
  }),
  someFigures("b", {
    place: 1,
    heads: 18,
    of: 20,
    share: 0.9,
    balanced: 0.93,
    told: { agree: 18, pass: 2, disagree: 0 },
  }),
];
const shown = session(
  {
    results: [aResult("r", { n: 20, items: FIGURES, few: ["c"], told: { agree: 28, pass: 4, disagree: 8 } })],
    steps: [{ ...step, state: "closed", revealed: true }],
  },
  { closed: true, open: false, revealed: true },
);

describe("what came of it", () => {
  it("is told on the phone with its three numbers, one's own answer, and what too few answered", async () => {
    await onPhone(shown, [mark("a", DISAGREE)]);
    await vi.waitFor(() => expect(page()).toContain("10 van 20"), 10_000);
    expect(page()).toContain("Jij zei: Herken ik niet");
    const rows = [...document.querySelectorAll("ol > li")].map((row) => row.textContent?.replace(/\s+/g, " ") ?? "");
    expect(rows[0]).toContain("18 Herken ik 2 Sla over 0 Herken ik niet");
    expect(rows[1]).toContain("10 Herken ik 2 Sla over 8 Herken ik niet");
    expect(rows[2]).toContain(TEXTS.c);
    expect(rows[2]).toContain("te weinig");
  });

  it("is drawn on the stage as people who agree, pass and do not", () => {
    const counted = stageBallot(opinion(), step).published(FIGURES[0]!, opinion());
    expect(counted.drawn.map(({ as, n, words }) => `${as} ${n} ${words}`)).toEqual([
      "solid 10 Herken ik",
      "stroke 2 Sla over",
      "open 8 Herken ik niet",
    ]);
    expect([counted.figure.replace(/\s/g, " "), counted.under]).toEqual(["50 %", "10 van 20"]);
    expect(stageBallot(opinion(), step).notes(opinion()).heads).toContain("Gevuld: Herken ik.");
    const live = { subscribe: () => () => undefined, now: () => 1_000, turn: () => undefined };
    const start = {
      code: "KP73MX",
      session: "s",
      lang: "nl",
      programme: { name: "K" },
      join_url: "",
      host: "",
      qr: null,
      signin: "",
    } as const;
    const mounted = mount(Scene, {
      target: document.body,
      props: { scene: sceneOf(shown), snapshot: shown, start, live },
    });
    flushSync();
    leave = () => void unmount(mounted);
    expect(page()).toContain("1 kaart ontbreekt: te weinig mensen antwoordden.");
    expect(page()).toContain("40 antwoorden");
  });

  it("is told on the console live, of each item of those who answered it", () => {
    const rows = rowsOf(
      { ...session(), now: { tally: { r: { a: [5, 0, 5], b: [4, 1, 0] } } } },
      opinion(),
      false,
      "heads",
    );
    expect(rows.map(({ item, heads, of, told }) => [item, heads, of, told])).toEqual([
      ["b", 4, 5, "4 Herken ik · 1 Sla over · 0 Herken ik niet"],
      ["a", 5, 10, "5 Herken ik · 0 Sla over · 5 Herken ik niet"],
      ["c", 0, 0, "nog te weinig antwoorden"],
    ]);
  });
});

describe("the form of a vote", () => {
  const rules: OpinionRules = { ...DEFAULT_RULES.opinion, agree: { nl: " Eens ", en: "" }, skip: { nl: "", en: " " } };

  it("sends words in both languages, and those there were where none are left", () => {
    expect(finished(rules)).toMatchObject({ agree: { nl: "Eens", en: "Eens" }, skip: DEFAULT_RULES.opinion.skip });
    expect(wrongIn({ ...rules, agree: { nl: "x".repeat(33), en: "x" } })).toContain("32");
    expect(wrongIn(rules)).toBe("");
  });

  it("sends another way of voting whole, and nothing when it is as it was", () => {
    const was = draftOf({ ...step, settings: { live: false, rules: DEFAULT_RULES.dots } });
    expect(asChange({ ...was }, was, "one")).toBeNull();
    expect(was.rules).not.toBe(DEFAULT_RULES.dots);
    expect(asChange({ ...was, rules }, was, "one")?.settings).toEqual({ rules: finished(rules) });
  });

  it("offers each way with when to use it, and the settings of the chosen one", () => {
    const server = new Server();
    server.tell(session());
    leave = show(StepForm, server, {
      step: { ...step, settings: { live: false, rules: DEFAULT_RULES.dots } },
      after: null,
      onclose: () => undefined,
    });
    expect(page()).toContain("Stippen op één kaart, hoogstens");
    [...document.querySelectorAll<HTMLInputElement>("input[type=radio]")]
      .find(({ value }) => value === "opinion")
      ?.click();
    flushSync();
    expect(page()).toContain("Woorden van de drie antwoorden");
    expect(page()).not.toContain("Stippen op één kaart, hoogstens");
  });
});

it("says in words what was given, in the way of its round", () => {
  expect(marksOf(opinion()).say(DISAGREE, opinion())).toBe("Herken ik niet");
  expect(marksOf(opinion()).isGiven(PASS)).toBe(true);
  expect(marksOf(aRound("d")).say(2, aRound("d"))).toBe("2 stippen");
  expect(marksOf(aRound("d")).isGiven(0)).toBe(false);
});
