import { describe, expect, it } from "vitest";

import type { Aspect } from "../lib/wire.gen";
import { card } from "./packing.fixture";
import { allotRows, keepOrder, planWall, type Plan } from "./wall";

/** So many short cards per aspect in each of two pillars; room for four rows under two headings, three under three. */
const plan = (counts: Partial<Record<Aspect, [number, number]>>): Plan => ({
  columns: 3,
  pillars: 2,
  rowsUnder: (headings) => 6 - headings,
  cellOf: (aspect, pillar) =>
    Array.from({ length: counts[aspect]?.[pillar] ?? 0 }, (_, index) => card(`${aspect} ${pillar} ${index}`, 40)),
});
const shown = (of: Plan): string[] =>
  planWall(of).map((page) =>
    page.map(({ aspect, rows, cells }) => `${aspect}/${rows} ${cells.map(({ from, to }) => `${from}-${to}`)}`).join(" "),
  );

describe("planWall", () => {
  it("hangs hardware over software on one page", () => {
    expect(shown(plan({ hardware: [6, 2], software: [1, 6] }))).toEqual(["hardware/2 1-6,1-2 software/2 1-1,1-6"]);
  });
  it("keeps the two headings on a wall without cards", () => {
    expect(shown(plan({}))).toEqual(["hardware/2 0-0,0-0 software/2 0-0,0-0"]);
  });
  it("turns what has more, and leaves the neighbour where it hangs", () => {
    expect(shown(plan({ hardware: [14, 6], software: [6, 6] }))).toEqual([
      "hardware/2 1-6,1-6 software/2 1-6,1-6",
      "hardware/2 7-12,1-6 software/2 1-6,1-6",
      "hardware/2 13-14,1-6 software/2 1-6,1-6",
    ]);
  });
  it("gives empty rows to the section that needs them", () => {
    expect(shown(plan({ hardware: [9, 2], software: [3, 1] }))).toEqual(["hardware/3 1-9,1-2 software/1 1-3,1-1"]);
  });
  it("puts both and unsure beside them when all fits", () => {
    expect(shown(plan({ hardware: [3, 2], software: [3, 1], both: [1, 0] }))).toEqual([
      "hardware/1 1-3,1-2 software/1 1-3,1-1 both/1 1-1,0-0",
    ]);
  });
  it("gives both and unsure pages of their own when it does not", () => {
    expect(shown(plan({ hardware: [6, 6], software: [6, 6], both: [1, 0], unsure: [0, 2] }))).toEqual([
      "hardware/2 1-6,1-6 software/2 1-6,1-6",
      "both/2 1-1,0-0 unsure/2 0-0,1-2",
    ]);
  });
});

describe("allotRows", () => {
  it("shares what is spare among the long ones", () => {
    expect(allotRows([1, 2, 2], [1, 3, 2], 2, 7)).toEqual([1, 3, 3]);
  });
});

describe("keepOrder", () => {
  const of = (...ids: string[]) => ids.map((id, index) => ({ id, rank: 10 - index }));
  it("hangs a first look by rank", () => {
    expect(keepOrder([], of("a", "b", "c"))).toEqual(["c", "b", "a"]);
  });
  it("puts new cards behind those that hang, and closes the gap of one that went", () => {
    expect(keepOrder(["c", "b", "a"], of("a", "c", "d"))).toEqual(["c", "a", "d"]);
  });
});
