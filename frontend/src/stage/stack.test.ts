import { describe, expect, it } from "vitest";

import { stackMarks } from "./stack";

describe("stackMarks", () => {
  it("leaves marks that do not meet on the line", () => {
    expect(stackMarks([0, 40, 80], 36)).toEqual([0, 0, 0]);
  });
  it("puts two that meet above and below it", () => {
    expect(stackMarks([50, 43, 120], 36)).toEqual([0.5, -0.5, 0]);
  });
  it("puts three in one place in three lanes, the middle one on the line", () => {
    expect(stackMarks([55, 57, 58], 36)).toEqual([-1, 0, 1]);
  });
  it("uses a lane again where it is free", () => {
    expect(stackMarks([0, 24, 48, 72], 36)).toEqual([-0.5, 0.5, -0.5, 0.5]);
  });
  it("settles two heaps apart", () => {
    expect(stackMarks([0, 1, 100, 101, 102], 36)).toEqual([-0.5, 0.5, -1, 0, 1]);
  });
  it("never lets two marks of one lane meet", () => {
    const at = [3, 90, 17, 44, 45, 46, 60, 88, 12, 30];
    const lanes = stackMarks(at, 10);
    at.forEach((left, a) =>
      at.forEach((right, b) => {
        if (a < b && lanes[a] === lanes[b]) expect(Math.abs(left - right)).toBeGreaterThanOrEqual(10);
      }),
    );
  });
  it("has nothing to stack in nothing", () => {
    expect(stackMarks([], 10)).toEqual([]);
  });
});
