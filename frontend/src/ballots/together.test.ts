// @vitest-environment happy-dom
/** The ballots whose marks belong together, on a phone: a choice, a ranking, pairs. */
import "../lib/page.fixture";

import { flushSync } from "svelte";
import { beforeEach, describe, expect, it, vi } from "vitest";

import { useWire } from "../lib/wire.fixture";
import { aResult, someFigures } from "../lib/fixtures";
import type { AnyRules, MeanDoc } from "../lib/wire.gen";
import { addMessages, setLanguage } from "../messages";
import phoneWords from "../messages/phone.nl.json";
import { WON } from "./pairwise/marks";
import { all, button, items, markOf, onPhone, page, sessionOf, stepOf, TEXTS, type Shown } from "./vote.fixture";

addMessages("nl", phoneWords);
vi.setConfig({ testTimeout: 60_000 });

let shown: Shown | null = null;
async function open(...given: Parameters<typeof onPhone>): Promise<Shown> {
  shown = await onPhone(...given);
  return shown;
}

beforeEach(() => setLanguage("nl"));
useWire(
  () => {
    shown?.leave();
    shown = null;
  },
  { clock: true },
);

const option = (text: string): HTMLInputElement => {
  const found = all<HTMLLabelElement>("label.option").find((label) => label.textContent?.includes(text));
  const input = found?.querySelector("input");
  if (!input) throw new Error(`no option "${text}"`);
  return input;
};

describe("a choice", () => {
  const one: AnyRules = { ballot: "choice", most: 1 };
  const two: AnyRules = { ballot: "choice", most: 2 };

  it("of one gives way to the next, in one command", async () => {
    const phone = await open(sessionOf(one), [], "Kies er één");
    const before = all("label.option");
    option(TEXTS.a).click();
    flushSync();
    option(TEXTS.c).click();
    flushSync();
    expect([option(TEXTS.a).checked, option(TEXTS.c).checked]).toEqual([false, true]);
    option(TEXTS.c).click();
    expect(phone.cast()).toEqual([{ a: 1 }, { c: 1, a: null }]);
    expect(all("label.option")).toEqual(before);
    expect(page()).toContain("Gekozen");
  });

  it("of several says why not when it is too many, and takes one back", async () => {
    const phone = await open(sessionOf(two), [markOf("a", 1), markOf("b", 1)], "Gekozen, alle 2");
    option(TEXTS.c).click();
    flushSync();
    expect(option(TEXTS.c).checked).toBe(false);
    expect(page()).toContain("Je kunt er hoogstens 2 kiezen.");
    option(TEXTS.a).click();
    flushSync();
    expect(page()).toContain("Nog 1 van 2 keuzes");
    expect(phone.cast()).toEqual([{ a: null }]);
  });

  it("of a card that was hidden can be taken back", async () => {
    const hidden = items.map((item) => (item.id === "b" ? { ...item, hidden: true, text: "" } : item));
    const phone = await open(sessionOf(one, {}, { items: hidden }), [markOf("b", 1)], "Deze kaart is verborgen.");
    phone.press("Neem terug");
    expect(phone.cast()).toEqual([{ b: null }]);
  });
});

describe("a ranking", () => {
  const rules: AnyRules = { ballot: "ranking", places: 3 };
  const places = (): string[] =>
    all("ol.places > li").map((row) => (row.textContent ?? "").replace(/\s+/g, " ").trim());

  it("is made by tapping in order; nothing below moves; the whole order goes each time", async () => {
    const phone = await open(sessionOf(rules), [], "Nog 3 van 3 plaatsen");
    const before = all(".row");
    phone.press(`Geef de volgende plaats: ${TEXTS.b}`);
    phone.press(`Geef de volgende plaats: ${TEXTS.d}`);
    expect(places()).toEqual([`1 ${TEXTS.b}`, `2 ${TEXTS.d}`, "3 open"]);
    phone.press(`Eén plaats omhoog: ${TEXTS.d}`);
    expect(places()).toEqual([`1 ${TEXTS.d}`, `2 ${TEXTS.b}`, "3 open"]);
    phone.press(`Haal terug van plaats 1: ${TEXTS.d}`);
    expect(places()).toEqual([`1 ${TEXTS.b}`, "2 open", "3 open"]);
    expect(all(".row")).toEqual(before);
    expect(phone.cast()).toEqual([{ b: 1 }, { b: 1, d: 2 }, { d: 1, b: 2 }, { b: 1, d: null }]);
  });

  it("says why not when every place is given", async () => {
    const phone = await open(sessionOf(rules), [markOf("a", 1), markOf("b", 2), markOf("c", 3)], "Klaar, 3 plaatsen");
    phone.press(`Geef de volgende plaats: ${TEXTS.d}`);
    expect(phone.cast()).toEqual([]);
    expect(page()).toContain("Alle 3 plaatsen zijn gegeven.");
    const row = button(`Geef de volgende plaats: ${TEXTS.d}`);
    row.dispatchEvent(new KeyboardEvent("keydown", { key: "1", bubbles: true }));
    expect(phone.cast()).toEqual([]);
    button(`Haal terug van plaats 3: ${TEXTS.c}`).dispatchEvent(
      new KeyboardEvent("keydown", { key: "1", bubbles: true }),
    );
    flushSync();
    expect(phone.cast()).toEqual([{ c: 1, a: 2, b: 3 }]);
  });
});

describe("pairs", () => {
  const rules: AnyRules = { ballot: "pairwise", pairs: 3, each: 2 };
  const halves = (): HTMLButtonElement[] => all<HTMLButtonElement>("button.half");
  const texts = (): (string | undefined)[] => halves().map((half) => half.querySelector(".text")?.textContent ?? "");

  it("stand one at a time, and both items get the outcome", async () => {
    const phone = await open(sessionOf(rules), [], "Nog 3 van 3 paren");
    const [before, first] = [halves(), texts()];
    before[0]?.click();
    before[0]?.click();
    flushSync();
    expect(before[0]?.getAttribute("aria-pressed")).toBe("true");
    await vi.advanceTimersByTimeAsync(2000);
    flushSync();
    expect(halves()).toEqual(before);
    expect(texts()).not.toEqual(first);
    expect(page()).toContain("Nog 2 van 3 paren");
    const [cast] = phone.cast();
    expect(Object.values(cast ?? {})).toEqual([
      [10 + WON, null],
      [10, null],
    ]);
    expect(phone.cast()).toHaveLength(1);
  });

  it("go back, and end in a list in which each can be changed", async () => {
    const phone = await open(sessionOf(rules), [], "Nog 3 van 3 paren");
    for (let turn = 0; turn < 3; turn += 1) {
      phone.press(turn === 0 ? "Even belangrijk" : "Sla over");
      await vi.advanceTimersByTimeAsync(2000);
      flushSync();
      if (turn === 0) {
        phone.press("Terug");
        expect(button("Even belangrijk").getAttribute("aria-pressed")).toBe("true");
        phone.press("Even belangrijk");
        await vi.advanceTimersByTimeAsync(2000);
        flushSync();
      }
    }
    expect(page()).toContain("Klaar, alle 3");
    expect(phone.cast()).toHaveLength(3);
    expect(halves()).toHaveLength(6);
    halves()[0]?.click();
    flushSync();
    expect(phone.cast()).toHaveLength(4);
    expect(halves()[0]?.getAttribute("aria-pressed")).toBe("true");
  });
});

describe("what came of it", () => {
  const closed = { closed: true, open: false, revealed: true };
  const shownOf = (rules: AnyRules, told: Record<string, number>, share: number, means: MeanDoc[] = []) =>
    sessionOf(
      rules,
      {
        results: [aResult("r", { n: 20, items: [someFigures("a", { heads: 8, of: 20, share, told, means })], told })],
        steps: [stepOf(rules, { state: "closed", revealed: true })],
      },
      closed,
    );

  it("of a choice says how many chose it, and that it was mine", async () => {
    await open(shownOf({ ballot: "choice", most: 1 }, { choices: 8 }, 0.4), [markOf("a", 1)], "8 van 20");
    expect(page()).toContain("Door jou: gekozen");
  });

  it("of a ranking says the mean place", async () => {
    const told = { first: 8, ranked: 12 };
    const means = [{ mean: 1.5, balanced: null, groups: [], histogram: [] }];
    await open(shownOf({ ballot: "ranking", places: 3 }, told, 0.5, means), [markOf("a", 2)], "gemiddelde plaats 1,5");
    expect(page()).toContain("8 keer op 1 · 12 mensen gaven het een plaats");
    expect(page()).toContain("Door jou: plaats 2");
  });

  it("of pairs says how often it was chosen", async () => {
    const told = { comparisons: 40, won: 18, equal: 4 };
    await open(shownOf({ ballot: "pairwise", pairs: 3, each: 2 }, told, 0.5), [markOf("a", [12, 21])], "20 mensen");
    expect(page()).toContain("18 van 40 keer gekozen · 4 × even belangrijk");
    expect(page()).toContain("Door jou: 1 van 2 keer gekozen");
  });
});
