import { describe, expect, it } from "vitest";

import { stackMarks } from "./stack";

const even = (at: number[], width: number): number[] =>
  stackMarks(
    at,
    at.map(() => width),
  );

describe("stackMarks", () => {
  it("leaves marks that do not meet on the line", () => {
    expect(even([0, 40, 80], 36)).toEqual([0, 0, 0]);
  });
  it("puts two that meet above and below it", () => {
    expect(even([50, 43, 120], 36)).toEqual([0.5, -0.5, 0]);
  });
  it("puts three in one place in three lanes, the middle one on the line", () => {
    expect(even([55, 57, 58], 36)).toEqual([-1, 0, 1]);
  });
  it("uses a lane again where it is free", () => {
    expect(even([0, 24, 48, 72], 36)).toEqual([-0.5, 0.5, -0.5, 0.5]);
  });
  it("settles two heaps apart", () => {
    expect(even([0, 1, 100, 101, 102], 36)).toEqual([-0.5, 0.5, -1, 0, 1]);
  });
  it("never lets two marks of one lane meet", () => {
    const at = [3, 90, 17, 44, 45, 46, 60, 88, 12, 30];
    const lanes = even(at, 10);
    at.forEach((left, a) =>
      at.forEach((right, b) => {
        if (a < b && lanes[a] === lanes[b]) expect(Math.abs(left - right)).toBeGreaterThanOrEqual(10);
      }),
    );
  });
  it("knows that a pool is wider than a mark alone", () => {
    expect(stackMarks([50, 80], [36, 20])).toEqual([0, 0]);
    expect(stackMarks([50, 75], [36, 20])).toEqual([-0.5, 0.5]);
  });
  it("has nothing to stack in nothing", () => {
    expect(even([], 10)).toEqual([]);
  });
});
