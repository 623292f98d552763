import { describe, expect, it } from "vitest";

import { planMarks } from "./crowd";

describe("planMarks", () => {
  it("gives every mark its full width while there is room", () => {
    expect(planMarks(12, 480, 46)).toEqual({ lines: 1, pitch: 40, size: 40 * 0.78, perLine: 12 });
  });
  it("moves marks together before it makes a second line", () => {
    expect(planMarks(16, 480, 46)).toMatchObject({ lines: 1, pitch: 30 });
  });
  it("takes a second line only where the row is high enough for it", () => {
    expect(planMarks(30, 480, 64)).toMatchObject({ lines: 2, perLine: 15, pitch: 32 });
    expect(planMarks(30, 480, 46)).toBeNull();
  });
  it("says a number where marks could not be counted, and nothing for nobody", () => {
    expect(planMarks(200, 480, 64)).toBeNull();
    expect(planMarks(0, 480, 64)).toBeNull();
    expect(planMarks(5, 0, 64)).toBeNull();
  });
});
