// @vitest-environment happy-dom
import "../../lib/page.fixture";

import { afterEach, beforeEach, describe, expect, it } from "vitest";

import { BALLOT_KEYS } from "../../ballots/console";
import { fitRules } from "../../ballots/pairwise/fitted";
import { anItem, aRound, aSnapshot, aStep } from "../../lib/fixtures";
import { DEFAULT_RULES, type ParticipantDoc, type PillarDoc } from "../../lib/wire.gen";
import { setLanguage } from "../../messages";
import { Server, show } from "../console.fixture";
import BallotForm from "./BallotForm.svelte";
import CardForm from "./CardForm.svelte";
import { ballotSheet, numbersOf, stepsOnPaper } from "./sheets";

const items = ["Third", "First", "Second"].map((text, at) => anItem(text, { text, rank: [3, 1, 2][at] ?? 0 }));
const vote = aStep("one", { kind: "vote", round: "r" });
const pillars: PillarDoc[] = [1, 2].map((number) => ({
  id: `p${number}`,
  number,
  name: { nl: `Pijler ${number}`, en: `Pillar ${number}` },
  short: { nl: `P${number}`, en: `P${number}` },
}));

let server: Server;
let leave: () => void = () => undefined;
beforeEach(() => {
  setLanguage("en");
  server = new Server();
});
afterEach(() => {
  leave();
  leave = () => undefined;
});

const lines = (): number => document.querySelectorAll(".line").length;

describe("a printed form", () => {
  it.each(BALLOT_KEYS)("of %s says how it is filled in, with a box for each thing that is asked", (key) => {
    const round = aRound("r", { ballot: key, rules: DEFAULT_RULES[key] as never, items });
    const doc = aSnapshot({ steps: [vote], rounds: [round] });
    server.tell(doc);
    const sheet = ballotSheet(doc, vote);
    if (!sheet) throw new Error("no sheet");
    leave = show(BallotForm, server, { step: vote, sheet, paper: 7 });
    expect(document.querySelector(".number")?.textContent).toBe("7");
    expect(document.querySelector(".how")?.textContent).toMatch(/\w.*\.$/);
    const rows = [...document.querySelectorAll("ol li")];
    expect(rows.every((row) => row.querySelector(".box"))).toBe(true);
    if (key === "pairwise") expect(rows).toHaveLength(3);
    // In the order of the console's form, under the numbers that it has there.
    else expect(rows.map((row) => row.querySelector("b")?.textContent)).toEqual(["1", "2", "3"]);
    if (key !== "pairwise")
      expect(rows.map((row) => row.querySelector(".typed")?.textContent?.trim().split(" ")[0])).toEqual([
        "First",
        "Second",
        "Third",
      ]);
  });

  it("has lines to write on where nobody knows yet what is voted on", () => {
    const doc = aSnapshot({ steps: [vote], rounds: [aRound("r", { items: [] })] });
    expect(ballotSheet(doc, vote)?.empty).toBe(8);
    const choice = { mode: "choice" as const, rules: DEFAULT_RULES.choice };
    const asked = aStep("one", { kind: "question", settings: choice });
    expect(ballotSheet({ rounds: [] }, asked)?.empty).toBe(0);
  });

  it("asks for cards by pillar and aspect, and of one pillar for more", () => {
    const step = aStep("one");
    server.tell({ pillars, steps: [step] });
    leave = show(CardForm, server, { step });
    expect([...document.querySelectorAll("h3")].map(({ textContent }) => textContent)).toEqual([
      "1 Pillar 1",
      "2 Pillar 2",
    ]);
    expect(lines()).toBe(8);
    leave();
    leave = show(CardForm, server, { step: { ...step, pillar: "p2" } });
    expect(lines()).toBe(12);
  });

  it("is of a step in which people give something that is kept and can still be typed in", () => {
    const sealed = { at: 1, confirmed: null, of: null, whole: null };
    const steps = [
      aStep("cards"),
      aStep("practice", { settings: { ...vote.settings, practice: true } }),
      aStep("over", { sealed }),
      aStep("break", { kind: "break" }),
      { ...vote, id: "vote" },
    ];
    expect(stepsOnPaper(steps).map(({ id }) => id)).toEqual(["cards", "vote"]);
  });

  it("goes on numbering behind the papers that were typed in", () => {
    const paper = { id: "p", tag: "4", sector: "s", source: "scribed", retired: false, rounds: [] };
    const doc = { participants: [paper as ParticipantDoc] };
    expect(numbersOf(doc, 2)).toEqual([5, 6]);
    expect(numbersOf(doc, 0)).toEqual([null]);
  });
});

it("asks for as many pairs as the opening will", () => {
  const rules = { ...DEFAULT_RULES.pairwise, pairs: 15 };
  // As tests/kinds says of the server: all pairs of few items, else no item in more of them than it has slots.
  expect(fitRules(rules, 3)).toMatchObject({ pairs: 3, each: 2 });
  expect(fitRules(rules, 5)).toMatchObject({ pairs: 10, each: 4 });
  expect(fitRules(rules, 40)).toMatchObject({ pairs: 15, each: 1 });
  expect(fitRules({ ...rules, pairs: 4, each: 3 }, 40)).toMatchObject({ pairs: 4, each: 3 });
});
