import type { Given } from "./paper";

/** The sum of what stands on all items of a paper. */
export const sumOf = (given: Given): number =>
  Object.values(given).reduce((sum: number, value) => sum + (typeof value === "number" ? value : 0), 0);
