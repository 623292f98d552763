import { describe, expect, it } from "vitest";

import { paginate } from "./pages";

describe("paginate", () => {
  it("fills a page up to its room", () => {
    expect(paginate([100, 100, 100, 100], 300, 6)).toEqual([
      [0, 3],
      [3, 4],
    ]);
  });
  it("puts at most so many on a page", () => {
    expect(paginate([1, 1, 1, 1, 1, 1, 1], 300, 6)).toEqual([
      [0, 6],
      [6, 7],
    ]);
  });
  it("gives a row that is too high a page of its own", () => {
    expect(paginate([100, 900, 100], 300, 6)).toEqual([
      [0, 1],
      [1, 2],
      [2, 3],
    ]);
  });
  it("has no page without rows", () => {
    expect(paginate([], 300, 6)).toEqual([]);
  });
});
