// @vitest-environment happy-dom
/** What who hears a phone is told of each answer, and which keys give one. */
import "../lib/page.fixture";

import { flushSync } from "svelte";
import { beforeEach, describe, expect, it, vi } from "vitest";

import { useWire, Wire } from "../lib/wire.fixture";
import { DEFAULT_RULES, type AnyRules, type OwnVoteDoc, type SnapshotDoc } from "../lib/wire.gen";
import { addMessages, setLanguage } from "../messages";
import phoneWords from "../messages/phone.nl.json";
import { said } from "../parts/announcer.svelte";
import { all, items, markOf, onPhone, sessionOf, TEXTS, type Shown } from "./vote.fixture";

addMessages("nl", phoneWords);
vi.setConfig({ testTimeout: 60_000 });

const { opinion, rating, scale, criteria, matrix, dots } = DEFAULT_RULES;
const heard = (): string => said.now.replace(/\s+/g, " ").trim();

let shown: Shown | null = null;
async function open(snapshot: SnapshotDoc, words: string, votes: readonly OwnVoteDoc[] = []): Promise<Shown> {
  shown = await onPhone(snapshot, votes, words);
  said.now = "";
  return shown;
}

/** The server's answer to the last mark. */
function answer(given: object): void {
  const cast = Wire.last.of("vote.cast").slice(-1)[0];
  Wire.last.say({ re: cast?.id, ...given });
  flushSync();
}
const store = (): void => answer({ ok: { seq: 12, id: null } });
const refuse = (): void => answer({ error: { code: "item.hidden", message: "Deze kaart is verborgen." } });

async function turn(): Promise<void> {
  await vi.advanceTimersByTimeAsync(2000);
  flushSync();
}

function click(selector: string, at = 0): void {
  all<HTMLElement>(selector)[at]?.click();
  flushSync();
}

function press(selector: string, key: string): void {
  all(selector)[0]?.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
  flushSync();
}

beforeEach(() => setLanguage("nl"));
useWire(
  () => {
    shown?.leave();
    shown = null;
  },
  { clock: true },
);

describe("an answer that the server must have first", () => {
  const ONE: AnyRules = { ballot: "choice", most: 1 };
  const first = { items: items.slice(0, 1) };

  it.each([
    ["a number of a row", sessionOf(rating), "Nog 4 van 4 kaarten", ".cells button", 3, "4 van 5"],
    ["a number of one question", sessionOf(scale, {}, first), "Kies een getal", ".cells button", 7, "7 van 10"],
    ["a choice", sessionOf(ONE, {}, first), "Kies er één", "label.option", 0, `Gekozen: ${TEXTS.a}`],
    [
      "a cell of the plane",
      sessionOf(matrix),
      "Nog 4 van 4",
      ".plane button",
      3,
      "4 van 5, Hoeveel effect heeft het? 5 van 5",
    ],
    ["a criterion", sessionOf(criteria, {}, first), "Nog 1 van 1", ".cells button", 3, "4 van 5"],
  ])("%s is said once it is stored", async (_, session, words, selector, at, expected) => {
    await open(session, words);
    click(selector, at);
    expect(heard()).toBe("");
    store();
    expect(heard()).toContain(expected);
    expect(heard()).toMatch(/, opgeslagen$/);
  });

  it("says what it waits for where there is no connection", async () => {
    await open(sessionOf(rating), "Nog 4 van 4 kaarten");
    Wire.last.fall();
    await vi.advanceTimersByTimeAsync(10_000);
    flushSync();
    click(".cells button", 3);
    expect(heard()).toBe("4 van 5, wacht op bereik");
  });

  it("is not called stored when it was refused", async () => {
    await open(sessionOf(rating), "Nog 4 van 4 kaarten");
    click(".cells button", 3);
    refuse();
    expect(heard()).not.toContain("opgeslagen");
  });
});

describe("one thing after another", () => {
  it("says that an opinion is stored, and which card comes", async () => {
    await open(sessionOf(opinion), "Nog 4 van 4 kaarten");
    press(".pick.large", "1");
    store();
    await turn();
    expect(heard()).toMatch(/^Opgeslagen: Herken ik\. Kaart 2 van 4: /);
    press(".pick.large", "z");
    expect(heard()).toBe(all("h2.typed")[0]?.textContent?.trim());
  });

  it("keeps an opinion that was refused to be answered again", async () => {
    await open(sessionOf(opinion), "Nog 4 van 4 kaarten");
    const [words] = all("h2.typed").map((one) => one.textContent);
    press(".pick.large", "1");
    refuse();
    await turn();
    expect(all("h2.typed")[0]?.textContent).toBe(words);
    expect(heard()).not.toContain("Opgeslagen");
  });

  it("says which of two was chosen, and which pair comes", async () => {
    await open(sessionOf({ ballot: "pairwise", pairs: 3, each: 2 }), "Nog 3 van 3 paren");
    press(".pair .half", "ArrowUp");
    store();
    await turn();
    expect(heard()).toMatch(/^Opgeslagen: Gekozen: .+\. Paar 2 van 3: .+, of .+$/);
    press(".pair .half", "0");
    store();
    await turn();
    expect(heard()).toContain("Opgeslagen: Even belangrijk. Paar 3 van 3");
  });

  it("keeps a pair that was refused", async () => {
    await open(sessionOf({ ballot: "pairwise", pairs: 3, each: 2 }), "Nog 3 van 3 paren");
    press(".pair .half", "ArrowDown");
    refuse();
    await turn();
    expect(heard()).not.toContain("Opgeslagen");
    expect(shown?.cast()).toHaveLength(1);
    expect(all(".pair")).toHaveLength(1);
  });
});

describe("what is left is said at once", () => {
  it.each<[string, AnyRules, string, (phone: Shown) => void, string]>([
    ["dots", { ...dots, budget: 3 }, "Nog 3 van 3", (phone) => phone.press(`Stip zetten: ${TEXTS.a}`), "Nog 2 van 3"],
    [
      "an approval",
      { ballot: "approve", most: 2 },
      "Nog 2 van 2",
      (phone) => phone.press(`Kies: ${TEXTS.a}`),
      "Nog 1 van 2",
    ],
    [
      "a ranking",
      { ballot: "ranking", places: 3 },
      "Nog 3 van 3",
      (phone) => phone.press(`Geef de volgende plaats: ${TEXTS.b}`),
      `${TEXTS.b} op plaats 1 van 3`,
    ],
    [
      "points",
      { ballot: "points", total: 100, whole: false },
      "Nog 100 van 100",
      (phone) => phone.press(`Meer punten: ${TEXTS.a}`),
      "5 punten; Nog 95 van 100",
    ],
  ])("of %s", async (_, rules, words, give, expected) => {
    const phone = await open(sessionOf(rules), words);
    give(phone);
    expect(heard()).toContain(expected);
  });

  it("of a budget, and by how much it is too little", async () => {
    const priced = items.map((item, at) => ({ ...item, price: at === 0 ? 60_000 : 50_000 }));
    const rules: AnyRules = { ballot: "budget", total: 100_000 };
    const phone = await open(sessionOf(rules, {}, { items: priced }), "Nog € 100.000");
    phone.press(`Koop voor € 60.000: ${TEXTS.a}`);
    expect(heard()).toContain("€ 40.000");
    phone.press(`Koop voor € 50.000: ${TEXTS.b}`);
    expect(heard()).toContain("€ 10.000");
    expect(phone.cast()).toHaveLength(1);
  });
});

it("digits give a number, arrows go along, and a question mark says that one does not know", async () => {
  const phone = await open(sessionOf(rating), "Nog 3 van 4 kaarten", [markOf("b", 2)]);
  press(".cells", "5");
  press(".cells", "?");
  const cells = all<HTMLButtonElement>(".cells")[0]?.querySelectorAll("button");
  cells?.[1]?.focus();
  press(".cells", "ArrowRight");
  expect(document.activeElement).toBe(cells?.[2]);
  expect(phone.cast().map((cast) => Object.values(cast)[0])).toEqual([5, -99]);
});
