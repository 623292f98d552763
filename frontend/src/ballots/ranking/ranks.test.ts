import { describe, expect, it } from "vitest";

import type { OwnMark } from "../../lib/own";
import { castOf, orderOf, withPlace } from "./ranks";

const marks = new Map<string, OwnMark>([
  ["b", { value: 1, stored: true }],
  ["a", { value: 3, stored: true }],
  ["c", { value: null, stored: true }],
]);

describe("an order", () => {
  it("is what has a place, without a gap", () => {
    expect(orderOf(marks)).toEqual(["b", "a"]);
  });

  it("takes an item in at a place, moves it, and lets it go", () => {
    expect(withPlace(["b", "a"], "d", 3)).toEqual(["b", "a", "d"]);
    expect(withPlace(["b", "a", "d"], "d", 1)).toEqual(["d", "b", "a"]);
    expect(withPlace(["b", "a", "d"], "b", 2)).toEqual(["a", "b", "d"]);
    expect(withPlace(["b", "a", "d"], "b", null)).toEqual(["a", "d"]);
  });

  it("is cast whole: with everything that ever had a place", () => {
    expect(castOf(["a", "d"], marks)).toEqual([
      { item: "a", value: 1 },
      { item: "d", value: 2 },
      { item: "b", value: null },
      { item: "c", value: null },
    ]);
  });
});
