// @vitest-environment happy-dom
/** The ballots in which people give numbers: rating, scale, criteria, matrix. */
import "../lib/page.fixture";

import { flushSync } from "svelte";
import { beforeEach, describe, expect, it, vi } from "vitest";

import { aResult, someFigures } from "../lib/fixtures";
import { useWire } from "../lib/wire.fixture";
import { DEFAULT_RULES, type MeanDoc, type ResultDoc } from "../lib/wire.gen";
import { addMessages, setLanguage } from "../messages";
import consoleWords from "../messages/console.nl.json";
import phoneWords from "../messages/phone.nl.json";
import stageWords from "../messages/stage.nl.json";
import studioWords from "../messages/studio.nl.json";
import { picturesOf, rowsFor } from "../projection/results";
import { ballotOfRound, finished, wrongIn } from "./console";
import { numbersOf, readLive, replaced, UNSURE } from "./graded/numbers";
import { marksOf } from "./marks";
import { shareWords } from "./shares";
import { stageBallot } from "./stage";
import { studioBallot } from "./studio";
import {
  all,
  button,
  items,
  markOf,
  onPhone,
  page,
  roundOf,
  sessionOf,
  stepOf,
  TEXTS,
  type Shown,
} from "./vote.fixture";

for (const words of [phoneWords, stageWords, consoleWords, studioWords]) addMessages("nl", words);
vi.setConfig({ testTimeout: 60_000 });

const { rating, scale, criteria, matrix } = DEFAULT_RULES;
const mean = (value: number, more: Partial<MeanDoc> = {}): MeanDoc => ({
  mean: value,
  balanced: null,
  groups: [],
  histogram: [],
  ...more,
});
const plain = (text: string): string => text.replace(/\s/g, " ");

let shown: Shown | null = null;
async function open(...given: Parameters<typeof onPhone>): Promise<Shown> {
  shown = await onPhone(...given);
  return shown;
}
/** A cell of an item's row, by what is read of it. */
const cell = (about: string, name: string): HTMLButtonElement => {
  const group = all(".cells, .plane").find((one) => one.getAttribute("aria-label")?.includes(about));
  const found = [...(group?.querySelectorAll("button") ?? [])].find(
    (one) => one.getAttribute("aria-label")?.split(": ")[0] === name,
  );
  if (!found) throw new Error(`no cell "${name}" of "${about}"`);
  return found;
};

beforeEach(() => setLanguage("nl"));
useWire(
  () => {
    shown?.leave();
    shown = null;
  },
  { clock: true },
);

it("a mark is read by criterion, and changed by one of them", () => {
  expect(numbersOf(undefined, 2)).toEqual([null, null]);
  expect(numbersOf([3, null], 2)).toEqual([3, null]);
  expect(replaced([3, null], 1, 4)).toEqual([3, 4]);
  expect(replaced([3, null], 0, null)).toBeNull();
  expect(readLive([7, 6, 24, 0, 0, 1, 2, 3], 1)).toEqual({ seen: 7, of: 6, means: [4], bars: [0, 0, 1, 2, 3] });
});

describe("a rating", () => {
  it("has its numbers in each row, which stay where they are, and says what is left", async () => {
    const phone = await open(sessionOf(rating), [], "Nog 4 van 4 kaarten");
    const before = all("button");
    expect(all(".cells")).toHaveLength(4);
    cell(TEXTS.a, "5, moet er komen").click();
    flushSync();
    expect(cell(TEXTS.a, "5, moet er komen").getAttribute("aria-pressed")).toBe("true");
    cell(TEXTS.b, "weet niet").click();
    cell(TEXTS.a, "4").click();
    flushSync();
    cell(TEXTS.a, "4").click();
    flushSync();
    expect(all("button")).toEqual(before);
    expect(phone.cast()).toEqual([{ a: 5 }, { b: UNSURE }, { a: 4 }, { a: null }]);
    expect(page()).toContain("Nog 3 van 4 kaarten");
  });

  it("tells the mean, how many gave which, and one's own number", async () => {
    const figures = someFigures("a", {
      of: 6,
      share: 0.75,
      balanced: 0.5,
      told: { seen: 7 },
      means: [mean(4, { balanced: 3, histogram: [0, 0, 2, 2, 2] })],
    });
    const step = { ...stepOf(rating), state: "closed" as const, revealed: true };
    const results = [aResult("r", { n: 9, items: [figures], few: ["b", "c", "d"], told: { seen: 7 } })];
    await open(
      sessionOf(rating, { steps: [step], results }, { closed: true, open: false, revealed: true }),
      [markOf("a", 3)],
      "4,0",
    );
    // Everybody counts once in the large figure; beside it the same with every O equal, in the same unit.
    expect(page()).toContain("4,0 van 5 · 6 mensen O’s gelijk: 3,0 van 5");
    expect(page()).toContain("Jij zei: 3 van 5");
    expect(all("ol ul b").map((one) => one.textContent)).toEqual(["1", "2", "3", "4", "5"]);
    const counted = stageBallot(roundOf(rating), step).published(figures, roundOf(rating));
    expect([counted.figure, counted.under, counted.bars?.map(({ n }) => n)]).toEqual([
      "4,0",
      "6 mensen, 1 weet niet",
      [0, 0, 2, 2, 2],
    ]);
    expect(ballotOfRound(roundOf(rating)).published(figures, roundOf(rating), true).told).toContain(
      "3: 2 · 4: 2 · 5: 2",
    );
    expect(studioBallot(rating).besides(figures.told, rating, figures)).toContain("gemiddeld 4,0 van 5");
    expect(shareWords(rating).say(0.75)).toBe("4,0 van 5");
    expect(plain(shareWords(criteria).say(0.75))).toBe("75 %");
  });
});

describe("a scale", () => {
  it("of one question keeps its numbers under the thumb", async () => {
    const phone = await open(sessionOf(scale, {}, { items: items.slice(0, 1) }), [], "Kies een getal");
    const before = all(".cells button");
    expect(before).toHaveLength(12);
    cell(TEXTS.a, "0, helemaal niet").click();
    flushSync();
    cell(TEXTS.a, "10, helemaal").click();
    flushSync();
    expect(all(".cells button")).toEqual(before);
    expect(phone.cast()).toEqual([{ a: 0 }, { a: 10 }]);
    expect(page()).toContain("Klaar");
  });

  it("is not sent when its ends do not fit", () => {
    expect(wrongIn({ ...scale, lowest: 3, highest: 3 })).toContain("1 tot 10 meer");
    expect(wrongIn({ ...scale, highest: 11 })).toContain("1 tot 10 meer");
    expect(wrongIn(scale)).toBe("");
    expect(finished({ ...scale, low: { nl: " laag ", en: "" } })).toMatchObject({ low: { nl: "laag", en: "laag" } });
  });
});

describe("criteria", () => {
  it("stores each number at once, and an item is done when all have theirs", async () => {
    const one = { items: items.slice(0, 2) };
    const phone = await open(sessionOf(criteria, {}, one), [], "Nog 2 van 2 kaarten");
    const first = all("h2").at(-1)?.textContent ?? "";
    const id = Object.entries(TEXTS).find(([, text]) => text === first)?.[0] ?? "";
    cell(first, "4").click();
    flushSync();
    cell(first, "weet niet").click();
    flushSync();
    expect(phone.cast()).toEqual([{ [id]: [4, null] }, { [id]: [UNSURE, null] }]);
    all<HTMLButtonElement>(".cells")[1]?.querySelectorAll("button")[0]?.click();
    flushSync();
    expect(page()).toContain("Nog 1 van 2 kaarten");
    phone.press("Volgende kaart");
    flushSync();
    expect(all("h2").at(-1)?.textContent).not.toBe(first);
  });

  it("ends in a list from which each can be opened again", async () => {
    const votes = [markOf("a", [5, 1]), markOf("b", [2, UNSURE])];
    const phone = await open(sessionOf(criteria, {}, { items: items.slice(0, 2) }), votes, "Klaar, alle 2");
    expect(page()).toContain("Te doen binnen vijf jaar weet niet");
    phone.press(`Wijzig: ${TEXTS.a}`);
    flushSync();
    expect(all(".cells")).toHaveLength(2);
    expect(button("Naar alle antwoorden")).toBeTruthy();
  });

  it("weighs what people gave by each on the stage, and needs a question for each", () => {
    const heavy = { ...criteria, criteria: criteria.criteria.map((one, at) => ({ ...one, weight: at === 0 ? 3 : 1 })) };
    const round = roundOf(heavy);
    const counted = stageBallot(round, stepOf(heavy)).live([6, 5, 25, 5], round);
    expect([plain(counted.figure), counted.under]).toEqual(["75 %", "5 mensen, 1 niet op elke vraag"]);
    expect(counted.words?.[0]).toBe("Verschil voor het gebied 5,0");
    const nameless = heavy.criteria.map((one) => ({ ...one, name: { nl: " ", en: "" } }));
    expect(wrongIn({ ...heavy, criteria: nameless })).toContain("vraag");
    expect(wrongIn(heavy)).toBe("");
  });
});

describe("a scale of one question", () => {
  it("has no place and no order on a phone: there is nothing beside it", async () => {
    const one = { items: items.slice(0, 1) };
    const figures = someFigures("a", { of: 12, share: 0.4, means: [mean(3.5)] });
    const step = { ...stepOf(scale), state: "closed" as const, revealed: true };
    const results = [aResult("r", { n: 12, items: [figures] })];
    const closed = { ...one, closed: true, open: false, revealed: true };
    await open(sessionOf(scale, { steps: [step], results }, closed), [], "12 mensen stemden");
    expect(page()).toContain("3,5");
    expect(page()).not.toMatch(/Plaats|volgorde/);
    expect(rowsFor("heads", roundOf(scale, closed), results[0] as ResultDoc).map(({ place }) => place)).toEqual([null]);
  });
});

describe("a matrix", () => {
  const one = { items: items.slice(0, 1) };

  it("takes a place with one tap, and the same as two questions", async () => {
    const phone = await open(sessionOf(matrix, {}, one), [], "Nog 1 van 1 kaart");
    const name = "Hoe haalbaar is het? 4, Hoeveel effect heeft het? 2";
    expect(all(".plane button")).toHaveLength(25);
    cell(TEXTS.a, name).click();
    flushSync();
    expect(cell(TEXTS.a, name).getAttribute("aria-pressed")).toBe("true");
    phone.press("Met twee vragen");
    flushSync();
    cell(`effect heeft het?: ${TEXTS.a}`, "5, veel effect").click();
    flushSync();
    expect(phone.cast()).toEqual([{ a: [4, 2] }, { a: [4, 5] }]);
  });

  it("is cast as two questions once both are answered", async () => {
    const phone = await open(sessionOf(matrix, {}, one), [], "Nog 1 van 1 kaart");
    phone.press("Met twee vragen");
    flushSync();
    cell(`effect heeft het?: ${TEXTS.a}`, "3").click();
    flushSync();
    expect(page()).toContain("Beantwoord beide");
    expect(phone.cast()).toEqual([]);
    cell(`haalbaar is het?: ${TEXTS.a}`, "1, lastig").click();
    flushSync();
    expect(phone.cast()).toEqual([{ a: [1, 3] }]);
  });

  it("has means and the field, and no pictures of shares", () => {
    const round = roundOf(matrix);
    const means = [mean(3.5, { balanced: 3.25, groups: [2, 4.5] }), mean(2, { balanced: 2.125, groups: [1, 3.25] })];
    const figures = someFigures("a", { of: 12, share: 0.4, balanced: 0.4, shares: [0.1, 0.7], means });
    const groups = [
      { sectors: ["w"], n: 6 },
      { sectors: ["z"], n: 6 },
    ];
    expect(picturesOf(round, aResult("r", { n: 12, items: [figures], groups }), null)).toEqual(["heads", "own"]);
    const behind = ballotOfRound(round).published(figures, round, true);
    expect([behind.figure, behind.parts]).toEqual(["3,3 · 2,1", ["2,0 · 1,0", "4,5 · 3,3"]]);
    expect(studioBallot(matrix).numbers?.(matrix).whole(figures, true)).toBe("3,3 · 2,1");
    const { apart, points } = shareWords(matrix);
    expect(`${apart(0.3)} ${points(0.3)}`).toBe("1,2 punten");
    expect(marksOf(round).say([4, 2], round)).toBe("Hoe haalbaar is het? 4 van 5, Hoeveel effect heeft het? 2 van 5");
  });

  it("tells no share on a phone", async () => {
    const figures = someFigures("a", { of: 12, share: 0.4, balanced: 0.4, means: [mean(3.5), mean(2)] });
    const step = { ...stepOf(matrix), state: "closed" as const, revealed: true };
    const results = [aResult("r", { n: 12, items: [figures], few: ["b", "c", "d"] })];
    await open(
      sessionOf(matrix, { steps: [step], results }, { closed: true, open: false, revealed: true }),
      [],
      "12 mensen stemden",
    );
    expect(page()).toContain("Hoe haalbaar is het? 3,5");
    expect(page()).not.toMatch(/gelijk|%/);
  });
});
