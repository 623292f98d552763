import { describe, expect, it } from "vitest";

import { placeCards, shapesOf, type Fitted, type Shape } from "./packing";
import { card } from "./packing.fixture";

const shapeOf = (...of: Parameters<typeof shapesOf>): Shape | undefined => shapesOf(...of)[0];

describe("shapesOf", () => {
  it("hangs a short card in one cell in large type", () => {
    expect(shapeOf(card("a", 80), 3, 2)).toEqual({ columns: 1, rows: 1, type: "md" });
  });
  it("takes the small type before a second cell", () => {
    expect(shapeOf(card("a", 120), 3, 2)).toEqual({ columns: 1, rows: 1, type: "sm" });
  });
  it("takes as many cells as the whole text needs", () => {
    expect(shapeOf(card("a", 160), 3, 2)).toEqual({ columns: 2, rows: 1, type: "md" });
    expect(shapeOf(card("a", 300), 3, 2)).toEqual({ columns: 3, rows: 1, type: "sm" });
  });
  it("takes the whole wall when nothing is enough", () => {
    expect(shapeOf(card("a", 9000), 3, 2)).toEqual({ columns: 3, rows: 2, type: "sm" });
  });
});

describe("placeCards", () => {
  it("stands a card where it cannot lie", () => {
    const long = ["a", "b", "c"].map((id) => card(id, 140));
    expect(shapesOf(long[0] as Fitted, 3, 2).map(({ columns, rows }) => `${columns}x${rows}`)).toContain("1x2");
    expect(placeCards(long, 3, 2)).toEqual([
      [
        { id: "a", columns: 2, rows: 1, type: "md", column: 0, row: 0 },
        { id: "b", columns: 2, rows: 1, type: "md", column: 0, row: 1 },
        { id: "c", columns: 1, rows: 2, type: "md", column: 2, row: 0 },
      ],
    ]);
  });
  const small = (n: number): Fitted[] => Array.from({ length: n }, (_, index) => card(`c${index}`, 40));

  it("fills rows, then pages", () => {
    const pages = placeCards(small(8), 3, 2);
    expect(pages.map((page) => page.map(({ id, column, row }) => `${id} ${column},${row}`))).toEqual([
      ["c0 0,0", "c1 1,0", "c2 2,0", "c3 0,1", "c4 1,1", "c5 2,1"],
      ["c6 0,0", "c7 1,0"],
    ]);
  });
  it("never puts two cards on one cell", () => {
    const cards = Array.from({ length: 40 }, (_, index) => card(`c${index}`, 20 + ((index * 97) % 260)));
    for (const page of placeCards(cards, 3, 2)) {
      const cells = page.flatMap(({ column, row, columns, rows }) =>
        Array.from({ length: columns * rows }, (_, at) => `${column + (at % columns)},${row + Math.floor(at / columns)}`),
      );
      expect(new Set(cells).size).toBe(cells.length);
      expect(page.every(({ column, columns, row, rows }) => column + columns <= 3 && row + rows <= 2)).toBe(true);
    }
  });
  it("moves nothing for a card that comes later", () => {
    const cards = Array.from({ length: 20 }, (_, index) => card(`c${index}`, 20 + ((index * 61) % 200)));
    const before = placeCards(cards.slice(0, 13), 3, 2).flatMap((page, at) => page.map((place) => ({ ...place, at })));
    const after = placeCards(cards, 3, 2).flatMap((page, at) => page.map((place) => ({ ...place, at })));
    expect(after.slice(0, 13)).toEqual(before);
  });
  it("has no page without cards", () => {
    expect(placeCards([], 3, 2)).toEqual([]);
  });
});
