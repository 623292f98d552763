import { describe, expect, it } from "vitest";

import { apart, countBy, NOTHING_OFF, pickCards, pickPoints, ranked, stack, weigh } from "./choose";
import type { Card, Point } from "./types";

const share = (value: number) => ({ share: value, low: 0, high: 1 });

const point = (id: string, fields: Partial<Point> = {}): Point => ({
  id,
  card: id,
  text: id,
  language: "nl",
  pillar: 1,
  aspect: "hardware",
  hidden: false,
  heads: 0,
  dots: 0,
  all: share(0),
  balanced: null,
  spread: null,
  shares: [],
  ...fields,
});

const card = (id: string, fields: Partial<Card> = {}): Card => ({
  id,
  text: id,
  language: "nl",
  pillar: 1,
  aspect: "software",
  sector: "onderwijs",
  source: "own",
  hidden: false,
  reason: null,
  step: { nl: "Schrijven", en: "Write" },
  ...fields,
});

const ids = (things: readonly { id: string }[]): string => things.map((thing) => thing.id).join("");

describe("filters", () => {
  it("show everything until something is turned off", () => {
    const points = [point("a"), point("b", { pillar: 2 }), point("c", { aspect: "unsure" })];
    expect(ids(pickPoints(points, NOTHING_OFF))).toBe("abc");
    expect(ids(pickPoints(points, { ...NOTHING_OFF, pillars: new Set([1]) }))).toBe("b");
    expect(ids(pickPoints(points, { ...NOTHING_OFF, aspects: new Set(["unsure"]) }))).toBe("ab");
  });

  it("know cards whose O may not be shown", () => {
    const cards = [card("a"), card("b", { sector: null }), card("c", { source: "scribed" })];
    expect(ids(pickCards(cards, { ...NOTHING_OFF, sectors: new Set([""]) }))).toBe("ac");
    expect(ids(pickCards(cards, { ...NOTHING_OFF, sources: new Set(["own"]) }))).toBe("c");
    expect([...countBy(cards, (found) => found.sector ?? "")]).toEqual([
      ["onderwijs", 2],
      ["", 1],
    ]);
  });
});

describe("order", () => {
  const points = [
    point("a", { heads: 9, all: share(0.9), balanced: 0.3, spread: 0.2 }),
    point("b", { heads: 5, all: share(0.5), balanced: 0.6, spread: 0.7 }),
    point("c", { heads: 5, all: share(0.5), balanced: 0.6, spread: 0.7 }),
  ];

  it("follows the weight, then heads, then the id", () => {
    expect(ids(ranked(points, "groups"))).toBe("bca");
    expect(ids(ranked(points, "heads"))).toBe("abc");
  });

  it("falls back on heads where no groups can be shown", () => {
    expect(weigh(point("d", { all: share(0.4) }), "groups")).toBe(0.4);
    expect(ids(apart([point("d"), ...points]))).toBe("bca");
  });
});

describe("marks that meet", () => {
  it("are stacked around the line, the others stay on it", () => {
    expect(stack([0.5, 0.1, 0.52, 0.9], 0.03)).toEqual([-0.5, 0, 0.5, 0]);
    expect(stack([0.2, 0.2, 0.2], 0.03)).toEqual([-1, 0, 1]);
    expect(stack([], 0.03)).toEqual([]);
  });
});
