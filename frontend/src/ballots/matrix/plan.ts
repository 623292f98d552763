/** Where everything lies in the field of a matrix, in units of the stage. */
import type { MatrixRules, ResultItemDoc } from "../../lib/wire.gen";
import { boundsOf } from "../graded/numbers";
import { sideFor, spotsOf, type Reach, type Spot, type Taken } from "./spots";

export const FIELD = { width: 1000, height: 620 };
export const BOX = 54;
export const MARK = 42;
/** Kept free around a box: its line is 3 wide. */
const GAP = 6;

/** The mean by one criterion, every O the same weight. */
export const meanOf = ({ means }: ResultItemDoc, criterion: number, rules: MatrixRules): number =>
  means[criterion]?.balanced ?? means[criterion]?.mean ?? boundsOf(rules)[0];

export function pointOf(across: number, up: number, rules: MatrixRules): Spot {
  const [low, high] = boundsOf(rules);
  const part = (value: number): number => (value - low) / (high - low);
  return { x: FIELD.width * part(across), y: FIELD.height * (1 - part(up)) };
}

const halfOf = (side: number): Reach => ({ across: side / 2, up: side / 2 });

/** How wide the boxes are, the point of each item, and where its box lies. */
export function boxesOf(
  items: readonly ResultItemDoc[],
  rules: MatrixRules,
): { readonly side: number; readonly points: Spot[]; readonly spots: Spot[]; readonly taken: Taken[] } {
  const points = items.map((item) => pointOf(meanOf(item, 0, rules), meanOf(item, 1, rules), rules));
  const kept = sideFor(items.length, BOX + GAP, FIELD);
  const spots = spotsOf(points, halfOf(kept), FIELD);
  return { side: kept - GAP, points, spots, taken: spots.map((spot) => ({ ...spot, reach: halfOf(kept) })) };
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
