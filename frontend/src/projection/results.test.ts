import { describe, expect, it } from "vitest";

import { stage } from "../ballots/dots/stage";
import { anItem, aResult, aRound, someFigures } from "../lib/fixtures";
import type { ResultDoc } from "../lib/wire.gen";
import { figureOf, lanesOf, picturesOf, roundBefore, rowsFor, type Before } from "./results";
import { chanceOf, pictureNote } from "../stage/words";
import { pictureTitle } from "./names";

const groups = [
  { sectors: ["x"], n: 10 },
  { sectors: ["y", "z"], n: 20 },
];
const round = aRound("r2", {
  number: 2,
  items: [anItem("a", { rank: 3 }), anItem("b", { rank: 2 }), anItem("c", { rank: 1 }), anItem("d", { rank: 4 })],
});
const figures = (item: string, place: number, heads_place: number, x: number, y: number) =>
  someFigures(item, {
    place,
    heads_place,
    heads: x + y,
    share: (x + y) / 30,
    balanced: 0.5,
    group_heads: [x, y],
    group_of: [10, 20],
    shares: [x / 10, y / 20],
    spread: Math.abs(x / 10 - y / 20),
  });
const result = aResult("r2", {
  n: 30,
  groups,
  items: [figures("a", 2, 2, 9, 2), figures("b", 3, 1, 4, 12), figures("c", 1, 2, 8, 3), figures("d", 2, 4, 1, 4)],
});
const earlier = aRound("r1", { items: round.items, revealed: true });
const before: Before = {
  round: earlier,
  result: aResult("r1", {
    n: 28,
    groups: [
      { sectors: ["x"], n: 8 },
      { sectors: ["y", "z"], n: 20 },
    ],
    items: [figures("c", 1, 1, 2, 16), figures("a", 2, 2, 5, 5)],
  }),
};

describe("rowsFor", () => {
  const places = (picture: Parameters<typeof rowsFor>[0], of = result) =>
    rowsFor(picture, round, of, before).map(({ item: { id }, place }) => `${place} ${id}`);
  it("shows the places that the server gave, the same for equal cards", () => {
    expect(places("heads")).toEqual(["1 b", "2 c", "2 a", "4 d"]);
    expect(places("equal")).toEqual(["1 c", "2 a", "2 d", "3 b"]);
  });
  it("orders by the widest difference and gives no places", () => {
    expect(places("apart")).toEqual(["null a", "null c", "null b", "null d"]);
  });
  it("orders differences as fractions: 2/3 - 0 is 1 - 1/3, whatever a computer makes of them", () => {
    const three = {
      ...result,
      groups: [
        { sectors: ["x"], n: 3 },
        { sectors: ["y"], n: 3 },
      ],
    };
    const told = (item: string, x: number, y: number) =>
      someFigures(item, { group_heads: [x, y], group_of: [3, 3], spread: Math.abs(x / 3 - y / 3) });
    for (const items of [
      [told("a", 2, 0), told("c", 1, 3)],
      [told("a", 3, 1), told("c", 0, 2)],
    ]) {
      expect(places("apart", { ...three, items })).toEqual(["null c", "null a"]);
    }
  });
  it("has in before and after only what stood in both rounds", () => {
    expect(places("change")).toEqual(["null c", "null a"]);
  });
  it("puts an item that too few of a group answered behind the others, and draws everybody's share before and after", () => {
    const few = { ...figures("b", 3, 1, 4, 12), group_heads: [], group_of: [], shares: [], spread: null };
    const told = { ...result, items: [few, ...result.items.filter(({ item }) => item !== "b")] };
    expect(places("apart", told)).toEqual(["null a", "null c", "null d", "null b"]);
    const was = { ...before, result: { ...before.result, items: [figures("b", 1, 1, 5, 5)] } };
    expect(lanesOf(few, was, told)).toEqual([{ group: null, before: 10 / 30, after: 16 / 30 }]);
    expect(figureOf(few, was, told)).toEqual({ apart: false, before: 10 / 30, after: 16 / 30 });
  });
  it("marks only what the server says is more than chance", () => {
    const marked = (differs: boolean | null) =>
      rowsFor("apart", round, { ...result, items: result.items.map((each) => ({ ...each, differs })) })[0]?.differs;
    expect([marked(null), marked(false), marked(true)]).toEqual([false, false, true]);
  });
});

describe("pictures", () => {
  it("has only heads without groups, and before and after only with a round before", () => {
    expect(picturesOf(round, result, null)).toEqual(["heads", "equal", "apart"]);
    expect(picturesOf(round, { ...result, groups: [] }, null)).toEqual(["heads"]);
    expect(picturesOf(round, result, before)).toEqual(["heads", "equal", "apart", "change"]);
    const others = { ...before, result: { ...before.result, items: [someFigures("other")] } };
    expect(picturesOf(round, result, others)).not.toContain("change");
  });
  it("has a picture of its own where the ballot has one, before that of two rounds", () => {
    const budget = { ...round, ballot: "budget" };
    expect(picturesOf(budget, result, before)).toEqual(["heads", "equal", "apart", "own", "change"]);
    expect(pictureTitle("own", true, budget)).toBe("What the budget buys");
    const chosen = (item: string): boolean => item === "b" || item === "d";
    const items = result.items.map((each) => ({ ...each, told: { chosen: Number(chosen(each.item)) } }));
    const shown = rowsFor("own", budget, { ...result, items }).map(({ item }) => item.id);
    expect(shown.slice(0, 2).sort()).toEqual(["b", "d"]);
    expect(shown).toHaveLength(4);
  });
  it("takes the newest earlier round of the same step that has figures", () => {
    const few = aResult("r3", { n: null });
    const last = aRound("r4", { number: 4 });
    const rounds = [earlier, round, aRound("r3", { number: 3 }), last, aRound("elsewhere", { step: "two", number: 3 })];
    const results = [before.result, result, few, aResult("elsewhere")];
    expect(roundBefore({ rounds, results }, last)?.round.id).toBe("r2");
    expect(roundBefore({ rounds, results }, earlier)).toBeNull();
  });
  it("are called what they show, and count four O's only when four took part", () => {
    expect(pictureTitle("equal", true, round)).toBe("Four O’s, each the same weight");
    expect(pictureTitle("equal", false, round)).toBe("The O’s, each the same weight");
    expect(pictureTitle("apart", true, round)).not.toMatch(/differ most/);
  });
});

describe("chance", () => {
  const told = (differs: boolean | null, chance: ResultDoc["chance"]) =>
    chanceOf({
      ...result,
      chance,
      items: result.items.map((each, place) => ({ ...each, differs: place === 0 ? differs : false })),
    });
  const line = { line: 0.6, runs: 1000, seed: 1 };
  const note = (chance: ReturnType<typeof chanceOf>) =>
    pictureNote("apart", stage.notes(round), { four: true, chance }, round, result);
  it("is unknown, within or beyond, and said so", () => {
    expect([told(null, null), told(false, line), told(true, line)]).toEqual(["unknown", "within", "beyond"]);
    expect(note("unknown")).toContain("was not tested (yet)");
    expect(note("within")).toContain("Within chance");
    expect(note("beyond")).toContain("more than chance");
  });
});

describe("before and after", () => {
  const of = (item: string) => result.items.find((each) => each.item === item)!;
  it("has a lane per group, each with the share of its own round", () => {
    expect(lanesOf(of("a"), before, result)).toEqual([
      { group: 0, before: 0.5, after: 0.9 },
      { group: 1, before: 0.25, after: 0.1 },
    ]);
    const moved = figureOf(of("a"), before, result);
    expect([moved.apart, moved.before, moved.after]).toEqual([true, 0.25, expect.closeTo(0.8)]);
  });
  it("has one lane of everybody when the groups of the rounds differ", () => {
    const other = {
      ...before,
      result: {
        ...before.result,
        groups: [
          { sectors: ["x", "y"], n: 8 },
          { sectors: ["z"], n: 20 },
        ],
      },
    };
    expect(lanesOf(of("a"), other, result)).toEqual([{ group: null, before: 10 / 30, after: 11 / 30 }]);
    expect(figureOf(of("a"), other, result)).toEqual({ apart: false, before: 10 / 30, after: 11 / 30 });
  });
  it("has no lane for what stood in one round only", () => {
    expect(lanesOf(of("b"), before, result)).toEqual([]);
  });
});
