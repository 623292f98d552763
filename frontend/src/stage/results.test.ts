import { describe, expect, it } from "vitest";

import type { ResultDoc, RoundDoc } from "../lib/wire.gen";
import { picturesOf, rowsFor, whereTheyDiffer } from "./results";

const item = (id: string, rank: number) =>
  ({ id, card: id, pillar: "p", aspect: "hardware", text: id, hidden: false, reason: null, rank }) as const;
const figures = (id: string, heads: number, balanced: number, spread: number) => ({
  item: id,
  heads,
  dots: heads,
  share: 0,
  balanced,
  shares: [],
  spread,
});
const round = { items: [item("a", 3), item("b", 2), item("c", 1), item("d", 4)] } as unknown as RoundDoc;
const result: ResultDoc = {
  round: "r",
  n: 30,
  dots: 80,
  groups: [
    { sectors: ["x"], n: 10 },
    { sectors: ["y"], n: 20 },
  ],
  items: [figures("a", 9, 0.4, 0.5), figures("b", 12, 0.3, 0.2), figures("c", 9, 0.5, 0.7), figures("d", 1, 0.1, 0.6)],
};

describe("rowsFor", () => {
  const places = (picture: Parameters<typeof rowsFor>[0]) =>
    rowsFor(picture, round, result).map(({ item: { id }, place }) => `${place} ${id}`);
  it("orders by heads, and equal figures share a place", () => {
    expect(places("heads")).toEqual(["1 b", "2 c", "2 a", "4 d"]);
  });
  it("orders by the balanced figure", () => {
    expect(places("equal")).toEqual(["1 c", "2 a", "3 b", "4 d"]);
  });
  it("orders by the difference", () => {
    expect(places("apart")).toEqual(["1 c", "2 d", "3 a", "4 b"]);
  });
});

describe("whereTheyDiffer", () => {
  it("marks at most half of them, the widest", () => {
    expect([...whereTheyDiffer(result)]).toEqual(["c", "d"]);
  });
  it("marks nothing where nobody differs", () => {
    expect(whereTheyDiffer({ ...result, items: [figures("a", 1, 0.1, 0.1), figures("b", 1, 0.1, 0.29)] }).size).toBe(0);
  });
});

describe("picturesOf", () => {
  it("has only heads without groups", () => {
    expect(picturesOf(result)).toEqual(["heads", "equal", "apart"]);
    expect(picturesOf({ ...result, groups: [] })).toEqual(["heads"]);
  });
});
