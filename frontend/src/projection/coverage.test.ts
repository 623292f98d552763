import { describe, expect, it } from "vitest";

import { aCard, aSnapshot, aStep } from "../lib/fixtures";
import type { CardDoc } from "../lib/wire.gen";
import { countShown, coveragePages, sourcesIn } from "./coverage";

const silent = { silent: true };
const wall = aStep("wall", { kind: "collect", state: "closed", revealed: true, settings: silent });
const card = (id: string, more: Partial<CardDoc> = {}): CardDoc => aCard(id, { step: "wall", pillar: "p1", ...more });

describe("what the projectors count", () => {
  it("is the cards of the walls, with the marks that they bear there", () => {
    const told = {
      steps: [wall],
      cards: [
        card("a", { sector: "s1", aspect: "hardware" }),
        card("b", { sector: "s1", aspect: "hardware", source: "scribed" }),
        card("c", { sector: null, aspect: "both" }),
        card("d", { sector: "s1", aspect: "hardware", hidden: true }),
      ],
    };
    expect(countShown(told)).toEqual({
      p1: { hardware: { s1: { own: 1, scribed: 1 } }, both: { pool: { own: 1 } } },
    });
  });

  it("is nothing that a console alone has, no words of a question and no practice", () => {
    const others = [
      aStep("wall", { kind: "collect", state: "closed", settings: silent }),
      aStep("wall", { kind: "collect", revealed: true, settings: { silent: false, practice: true } }),
      aStep("wall", { kind: "question", revealed: true, settings: { mode: "words" } }),
    ];
    for (const step of others) expect(countShown({ steps: [step], cards: [card("a")] })).toEqual({});
  });

  it("stands on pages of four pillars, of those that something was said about", () => {
    const pillars = [1, 2, 3, 4, 5, 6].map((number) => ({ ...aSnapshot().pillars[0]!, id: `p${number}`, number }));
    const cards = [1, 3, 4, 5, 6].map((number) => card(`c${number}`, { pillar: `p${number}` }));
    const pages = coveragePages({ pillars }, countShown({ steps: [wall], cards }));
    expect(pages.map((page) => page.map(({ id }) => id))).toEqual([["p1", "p3", "p4", "p5"], ["p6"]]);
    expect(coveragePages({ pillars }, {})).toEqual([]);
  });
});

it("sources come in one order, and only those that there are", () => {
  expect(sourcesIn({ p1: { hardware: { s1: { imported: 1 }, pool: { own: 2 } } } })).toEqual(["own", "imported"]);
});
