import { describe, expect, it } from "vitest";

import { sideFor, spotsOf, type Area, type Reach, type Spot } from "./spots";

const AREA: Area = { width: 1000, height: 620 };
const BOX: Reach = { across: 30, up: 30 };

/** The same numbers each time (mulberry32), so that a failure can be seen again. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const overlaps = (spots: readonly Spot[], { across, up }: Reach): number =>
  spots.flatMap((one, place) =>
    spots
      .slice(place + 1)
      .filter((other) => Math.abs(one.x - other.x) < 2 * across - 1e-3 && Math.abs(one.y - other.y) < 2 * up - 1e-3),
  ).length;

const isInside = ({ x, y }: Spot): boolean => x >= 0 && x <= AREA.width && y >= 0 && y <= AREA.height;

describe("spots in a field", () => {
  it("leaves a box at its own point when that is free", () => {
    const wanted = [
      { x: 0, y: 0 },
      { x: 500, y: 300 },
      { x: 1000, y: 620 },
    ];
    expect(spotsOf(wanted, BOX, AREA)).toEqual(wanted);
  });

  it("lays the second of two at one point straight beside the first", () => {
    const [first, second] = spotsOf(
      [
        { x: 0, y: 620 },
        { x: 0, y: 620 },
      ],
      BOX,
      AREA,
    );
    expect(first).toEqual({ x: 0, y: 620 });
    expect([
      { x: 60, y: 620 },
      { x: 0, y: 560 },
    ]).toContainEqual(second);
  });

  it("goes no further than it must", () => {
    const [, second] = spotsOf(
      [
        { x: 500, y: 300 },
        { x: 550, y: 310 },
      ],
      BOX,
      AREA,
    );
    expect(second).toEqual({ x: 560, y: 310 });
  });

  it("keeps clear of what lies there already", () => {
    const taken = [{ x: 500, y: 300, reach: { across: 50, up: 20 } }];
    expect(spotsOf([{ x: 500, y: 310 }], BOX, AREA, taken)).toEqual([{ x: 500, y: 350 }]);
  });

  it("lays no box over another and none outside, wherever the points lie", () => {
    for (let seed = 1; seed <= 100; seed += 1) {
      const next = random(seed);
      const count = 1 + Math.floor(next() * 40);
      // From spread over the whole field to all at one point.
      const spread = next() < 0.2 ? 0 : next();
      const middle = { x: next() * AREA.width, y: next() * AREA.height };
      const within = (value: number, end: number): number => Math.max(0, Math.min(end, value));
      const wanted = Array.from({ length: count }, () => ({
        x: within(middle.x + (next() - 0.5) * spread * 2 * AREA.width, AREA.width),
        y: within(middle.y + (next() - 0.5) * spread * 2 * AREA.height, AREA.height),
      }));
      const side = sideFor(count, 60, AREA);
      const reach = { across: side / 2, up: side / 2 };
      const spots = spotsOf(wanted, reach, AREA);
      expect({ seed, overlaps: overlaps(spots, reach), inside: spots.every(isInside) }).toEqual({
        seed,
        overlaps: 0,
        inside: true,
      });
    }
  });

  it("makes the boxes smaller when there are many", () => {
    expect(sideFor(8, 60, AREA)).toBe(60);
    expect(sideFor(43, 60, AREA)).toBe(60);
    expect(sideFor(100, 60, AREA)).toBe(39);
    const wanted = Array.from({ length: 100 }, () => ({ x: 400, y: 400 }));
    const reach = { across: 39 / 2, up: 39 / 2 };
    expect(overlaps(spotsOf(wanted, reach, AREA), reach)).toBe(0);
  });
});
