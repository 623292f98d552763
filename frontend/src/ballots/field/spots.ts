/** Where the boxes of a field lie, so that no box lies over another. Each lies at its own point when that is free, and
    otherwise at the nearest point that is. */

export interface Spot {
  readonly x: number;
  readonly y: number;
}

/** Half a width and half a height, with the gap that is kept free. */
export interface Reach {
  readonly across: number;
  readonly up: number;
}

/** What lies somewhere already. */
export interface Taken extends Spot {
  readonly reach: Reach;
}

export interface Area {
  readonly width: number;
  readonly height: number;
}

/** A sum of two fractions may come out a hair too small. */
const HAIR = 1e-6;

const isClear = (spot: Spot, reach: Reach, taken: readonly Taken[]): boolean =>
  taken.every(
    (one) =>
      Math.abs(one.x - spot.x) >= one.reach.across + reach.across - HAIR ||
      Math.abs(one.y - spot.y) >= one.reach.up + reach.up - HAIR,
  );

/** The values along one side that are worth trying, nearest first: the wanted one, and those straight beside a box. */
const beside = (wanted: number, end: number, boxes: readonly (readonly [middle: number, apart: number])[]): number[] =>
  [wanted, ...boxes.flatMap(([middle, apart]) => [middle - apart, middle + apart])]
    .filter((value) => value >= 0 && value <= end)
    .sort((one, other) => Math.abs(one - wanted) - Math.abs(other - wanted));

/** The nearest free point lies straight beside the wanted one or in the corner of two boxes: only those are tried. */
function nearest(wanted: Spot, reach: Reach, taken: readonly Taken[], area: Area): Spot {
  const xs = beside(
    wanted.x,
    area.width,
    taken.map((one) => [one.x, one.reach.across + reach.across]),
  );
  const ys = beside(
    wanted.y,
    area.height,
    taken.map((one) => [one.y, one.reach.up + reach.up]),
  );
  let found = wanted;
  let least = Infinity;
  for (const x of xs) {
    if ((x - wanted.x) ** 2 >= least) break;
    for (const y of ys) {
      const away = (x - wanted.x) ** 2 + (y - wanted.y) ** 2;
      if (away >= least) break;
      if (!isClear({ x, y }, reach, taken)) continue;
      found = { x, y };
      least = away;
    }
  }
  return found;
}

/** One spot for each wanted point, in the same order. Earlier ones go first; nothing is laid over what is `taken`. */
export function spotsOf(wanted: readonly Spot[], reach: Reach, area: Area, taken: readonly Taken[] = []): Spot[] {
  const laid = [...taken];
  return wanted.map((point) => {
    const spot = nearest(point, reach, laid, area);
    laid.push({ ...spot, reach });
    return spot;
  });
}

/** The largest side of `count` boxes for which there is always room: each keeps the centres of others out of four times
    its own square, and of the area something must be left. */
export const sideFor = (count: number, most: number, area: Area): number =>
  Math.min(most, Math.floor(Math.sqrt((area.width * area.height) / (4 * Math.max(1, count)))));
