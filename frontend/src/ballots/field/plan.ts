/** Where everything lies in a field, in units of the stage. */
import { sideFor, spotsOf, type Reach, type Spot, type Taken } from "./spots";

export const FIELD = { width: 1000, height: 620 };
export const BOX = 54;
export const MARK = 42;
/** Kept free around a box: its line is 3 wide. */
const GAP = 6;

/** Both 0 to 1: from the left, and from below. */
export function pointAt(across: number, up: number): Spot {
  return { x: FIELD.width * across, y: FIELD.height * (1 - up) };
}

const halfOf = (side: number): Reach => ({ across: side / 2, up: side / 2 });

/** How wide the boxes are, and where each lies; they may not lie over one another. */
export function boxesOf(points: readonly Spot[]): {
  readonly side: number;
  readonly spots: Spot[];
  readonly taken: Taken[];
} {
  const kept = sideFor(points.length, BOX + GAP, FIELD);
  const spots = spotsOf(points, halfOf(kept), FIELD);
  return { side: kept - GAP, spots, taken: spots.map((spot) => ({ ...spot, reach: halfOf(kept) })) };
}

/** The marks of the O's, each as wide as its group, beside the boxes. */
export function marksBeside(points: readonly Spot[], widths: readonly number[], taken: readonly Taken[]): Spot[] {
  const laid = [...taken];
  return points.map((point, place) => {
    const reach = { across: ((widths[place] ?? MARK) + GAP) / 2, up: (MARK + GAP) / 2 };
    const [spot = point] = spotsOf([point], reach, FIELD, laid);
    laid.push({ ...spot, reach });
    return spot;
  });
}

export const isMoved = (spot: Spot | undefined, point: Spot | undefined): boolean =>
  spot?.x !== point?.x || spot?.y !== point?.y;

/** Some box has no room at its own place. */
export function isCrowded(points: readonly Spot[]): boolean {
  const { spots } = boxesOf(points);
  return spots.some((spot, place) => isMoved(spot, points[place]));
}
