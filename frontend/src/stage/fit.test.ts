import { describe, expect, it } from "vitest";

import { largestFitting } from "./fit";

describe("largestFitting", () => {
  const sizes = [150, 126, 104, 84, 60, 48];
  it("finds the first that fits", () => {
    for (const limit of [200, 150, 130, 104, 90, 60, 50, 48]) {
      const wanted = sizes.find((size) => size <= limit);
      expect(largestFitting(sizes, (size) => size <= limit)).toEqual({ size: wanted, fitted: true });
    }
  });
  it("takes the smallest when none fits, and says so", () => {
    expect(largestFitting(sizes, () => false)).toEqual({ size: 48, fitted: false });
  });
});
