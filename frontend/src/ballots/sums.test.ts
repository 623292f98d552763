// @vitest-environment happy-dom
/** The ballots in which something is given away: choices, points, money. */
import "../lib/page.fixture";

import { flushSync, mount, unmount } from "svelte";
import { beforeEach, describe, expect, it, vi } from "vitest";

import { aResult, someFigures } from "../lib/fixtures";
import { useWire } from "../lib/wire.fixture";
import type { AnyRules, ResultItemDoc, SnapshotDoc } from "../lib/wire.gen";
import { addMessages, setLanguage } from "../messages";
import consoleWords from "../messages/console.nl.json";
import phoneWords from "../messages/phone.nl.json";
import stageWords from "../messages/stage.nl.json";
import { euros } from "../parts/money";
import { sceneOf } from "../projection/scene";
import Scene from "../stage/Scene.svelte";
import { costOf } from "./budget/bought";
import { consoleBallot, finished, lackingIn, wrongIn } from "./console";
import { readDivision } from "./points/draft";
import { typedPoints } from "./points/steps";
import { stageBallot } from "./stage";
import { all, items, markOf, onPhone, page, roundOf, sessionOf, stepOf, TEXTS, type Shown } from "./vote.fixture";

for (const words of [phoneWords, stageWords, consoleWords]) addMessages("nl", words);
vi.setConfig({ testTimeout: 60_000 });

let shown: Shown | null = null;
let leave = (): void => undefined;
async function open(...given: Parameters<typeof onPhone>): Promise<Shown> {
  shown = await onPhone(...given);
  return shown;
}

beforeEach(() => {
  setLanguage("nl");
  localStorage.clear();
});
useWire(
  () => {
    shown?.leave();
    shown = null;
    leave();
    leave = () => undefined;
  },
  { clock: true },
);

const spaced = (words: string): string => words.replace(/\s+/g, " ");

describe("an approval", () => {
  const free: AnyRules = { ballot: "approve", most: null };
  const two: AnyRules = { ballot: "approve", most: 2 };

  it("of as many as one likes is one tap each, and one tap back", async () => {
    const phone = await open(sessionOf(free), [markOf("a", 1)], "1 van 4 gekozen");
    phone.press(`Kies: ${TEXTS.b}`);
    expect(page()).toContain("2 van 4 gekozen");
    phone.press(`Neem terug: ${TEXTS.a}`);
    expect(page()).toContain("1 van 4 gekozen");
    expect(phone.cast()).toEqual([{ b: 1 }, { a: 0 }]);
  });

  it("says why not when it is too many", async () => {
    const phone = await open(sessionOf(two), [markOf("a", 1), markOf("b", 1)], "Nog 0 van 2 keuzes");
    phone.press(`Kies: ${TEXTS.c}`);
    expect(page()).toContain("Je kunt er hoogstens 2 kiezen.");
    expect(phone.cast()).toEqual([]);
  });
});

describe("the price of an item", () => {
  const priced = (prices: readonly (number | null)[]) =>
    prices.map((price, place) => ({ ...(items[place] as (typeof items)[number]), price }));

  it("is asked for before a budget is opened", () => {
    const budget: AnyRules = { ballot: "budget", total: 100 };
    expect(lackingIn(budget, priced([10, 0, 30]))).toBe("");
    expect(lackingIn(budget, priced([10, null, 30]))).toBe("1 van 3 heeft geen prijs en kost dus niets.");
    expect(lackingIn(budget, priced([null, null, 30]))).toBe("2 van 3 hebben geen prijs en kosten dus niets.");
    expect(lackingIn({ ballot: "approve", most: null }, priced([null, null]))).toBe("");
  });
});

describe("points", () => {
  const rules: AnyRules = { ballot: "points", total: 100, whole: false };
  const field = (text: string): HTMLInputElement =>
    all<HTMLInputElement>("input").find((one) => one.getAttribute("aria-label") === `Punten: ${text}`)!;
  const type = (text: string, words: string): void => {
    field(text).value = words;
    field(text).dispatchEvent(new Event("change", { bubbles: true }));
    flushSync();
  };

  it("are given in steps, the last one as large as what is left", async () => {
    const phone = await open(sessionOf(rules), [markOf("a", 92)], "Nog 8 van 100 punten");
    phone.press(`Meer punten: ${TEXTS.b}`);
    phone.press(`Meer punten: ${TEXTS.b}`);
    expect(page()).toContain("Nog 0 van 100 punten");
    phone.press(`Meer punten: ${TEXTS.c}`);
    expect(page()).toContain("Alle punten zijn gegeven.");
    phone.press(`Minder punten: ${TEXTS.a}`);
    expect(phone.cast()).toEqual([{ b: 5 }, { b: 8 }, { a: 87 }]);
  });

  it("are typed; what cannot be is said, and what was there stands again", async () => {
    const phone = await open(sessionOf(rules), [markOf("a", 40)], "Nog 60 van 100 punten");
    type(TEXTS.b, "50");
    expect(page()).toContain("Nog 10 van 100 punten");
    type(TEXTS.a, "51");
    expect(page()).toContain("Dat is 1 punt meer dan er over is.");
    expect(field(TEXTS.a).value).toBe("40");
    type(TEXTS.a, "veel");
    expect(page()).toContain("Een heel getal van 0 tot en met 100.");
    type(TEXTS.a, "");
    expect(phone.cast()).toEqual([{ b: 50 }, { a: 0 }]);
    expect([typedPoints("7 "), typedPoints("-1"), typedPoints("1,5")]).toEqual([7, null, null]);
  });

  it("that come together wait on the phone until all are given, also through a reload", async () => {
    const whole: AnyRules = { ballot: "points", total: 100, whole: true };
    const phone = await open(sessionOf(whole), [], "Nog 100 van 100 punten");
    type(TEXTS.a, "70");
    expect(page()).toContain("Nog 30 punten te geven");
    phone.press("Nog 30 punten te geven");
    expect(page()).toContain("Geef al je punten; dan tellen ze mee.");
    expect(phone.cast()).toEqual([]);
    expect(readDivision("KP73MX", "r")).toEqual(new Map([["a", 70]]));
    phone.leave();
    shown = null;
    const again = await open(sessionOf(whole), [], "Nog 30 van 100 punten");
    type(TEXTS.b, "30");
    again.press("Geef deze punten");
    expect(again.cast()).toEqual([{ a: 70, b: 30 }]);
  });
});

const PRICES = { a: 1_800_000, b: 800_000, c: 500_000, d: 2_600_000 };
const priced = items.map((item) => ({ ...item, price: PRICES[item.id as keyof typeof PRICES] }));
const money: AnyRules = { ballot: "budget", total: 4_000_000 };

describe("a budget", () => {
  it("says what is left, and of what does not fit by how much", async () => {
    const phone = await open(sessionOf(money, {}, { items: priced }), [markOf("a", 1)], "Nog");
    expect(page()).toContain("Nog € 2,2 mln van de € 4 mln");
    expect(page()).toContain("€ 400.000 te kort");
    phone.press(`Koop voor ${euros(2_600_000)}: ${TEXTS.d}`.replace(/\u00a0/g, " "));
    expect(page()).toContain("€ 400.000 te kort. Neem eerst iets terug.");
    phone.press(`Koop voor ${euros(800_000)}: ${TEXTS.b}`.replace(/\u00a0/g, " "));
    phone.press(`Neem terug: ${TEXTS.a}`);
    expect(page()).toContain("Nog € 3,2 mln van de € 4 mln");
    expect(phone.cast()).toEqual([{ b: 1 }, { a: 0 }]);
  });

  it("says euros exactly", () => {
    expect([800_000, 1_800_000, 1_234_567, 4_000_000].map((sum) => spaced(euros(sum)))).toEqual([
      "€ 800.000",
      "€ 1,8 mln",
      "€ 1.234.567",
      "€ 4 mln",
    ]);
  });

  it("shows on the stage what it buys, and what that costs", () => {
    const figures = (item: string, place: number, heads: number, chosen: number): ResultItemDoc =>
      someFigures(item, {
        place,
        heads_place: place,
        heads,
        of: 20,
        share: heads / 20,
        told: { choices: heads, chosen },
      });
    const result = aResult("r", {
      n: 20,
      items: [figures("a", 1, 15, 1), figures("d", 2, 12, 0), figures("b", 3, 9, 1), figures("c", 4, 5, 1)],
      told: { choices: 41, chosen: 3 },
    });
    const round = roundOf(money, { items: priced, closed: true, open: false, revealed: true });
    const step = stepOf(money, { state: "closed", revealed: true });
    expect(costOf(round, result)).toBe(3_100_000);
    const snapshot: SnapshotDoc = sessionOf(money, { steps: [step], rounds: [round], results: [result] });
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
    const doc = { ...snapshot, session: { ...snapshot.session, stage: stageAt("own") } };
    const mounted = mount(Scene, { target: document.body, props: { scene: sceneOf(doc), snapshot: doc, start, live } });
    flushSync();
    leave = () => void unmount(mounted);
    expect(page()).toContain("41 keuzes");
    expect(stageBallot(round, step).Own).toBeDefined();
  });
});

const stageAt = (picture: "own"): NonNullable<SnapshotDoc["session"]["stage"]> => ({
  step: "one",
  picture,
  first: null,
  held: false,
  card: null,
  at: 0,
});

describe("the forms", () => {
  it("say what cannot be sent, and fill in what was left empty", () => {
    expect(finished({ ballot: "points", total: null as unknown as number, whole: true })).toEqual({
      ballot: "points",
      total: 100,
      whole: true,
    });
    expect(wrongIn({ ballot: "points", total: 1, whole: false })).toContain("2");
    expect(wrongIn({ ballot: "approve", most: null })).toBe("");
    expect(wrongIn({ ballot: "approve", most: 0.5 })).not.toBe("");
    expect(wrongIn({ ballot: "budget", total: 0 })).not.toBe("");
    for (const ballot of ["approve", "points", "budget"] as const)
      expect(consoleBallot({ ballot }).when()).not.toBe("");
  });
});
