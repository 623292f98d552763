import { describe, expect, it } from "vitest";

import {
  apart,
  arrange,
  countBy,
  NOTHING_OFF,
  pickCards,
  pickPoints,
  pairUp,
  placeOf,
  ranked,
  roundBefore,
  stepKey,
  weigh,
} from "./choose";
import type { Card, Point, Round } from "./types";

const share = (value: number) => ({ share: value, low: 0, high: 1 });

const point = (id: string, fields: Partial<Point> = {}): Point => ({
  id,
  card: id,
  text: id,
  language: "nl",
  pillar: 1,
  aspect: "hardware",
  whose: "participant",
  document: "",
  price: null,
  hidden: false,
  place: 1,
  heads_place: 1,
  heads: 0,
  of: 0,
  told: { dots: 0 },
  means: [],
  all: share(0),
  balanced: null,
  spread: null,
  differs: null,
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

describe("words", () => {
  it("are looked for one by one, without accents and capitals", () => {
    const points = [point("a", { text: "Eén Fietsroute naar het station" }), point("b", { text: "Een plein" })];
    expect(ids(pickPoints(points, NOTHING_OFF, " een  FIETS "))).toBe("a");
    expect(ids(pickPoints(points, NOTHING_OFF, "een"))).toBe("ab");
    expect(ids(pickCards([card("x"), card("y")], NOTHING_OFF, "x"))).toBe("x");
  });

  it("leave a step out by its title", () => {
    const cards = [card("a"), card("b", { step: { nl: "Kiezen", en: "Choose" } })];
    expect(ids(pickCards(cards, { ...NOTHING_OFF, steps: new Set([stepKey(cards[0]!)]) }))).toBe("b");
  });
});

describe("order", () => {
  const points = [
    point("a", { place: 3, heads_place: 1, spread: 0.2 }),
    point("b", { place: 1, heads_place: 2, spread: 0.7 }),
    point("c", { place: 1, heads_place: 2, spread: 0.7 }),
  ];

  it("is by the places that the server gave, the same for equal points", () => {
    expect(ids(ranked(points, "groups"))).toBe("bca");
    expect(ids(ranked(points, "heads"))).toBe("abc");
    expect(points.map((each) => placeOf(each, "groups"))).toEqual([3, 1, 1]);
  });

  it("is by place, by distance or by alphabet", () => {
    const more = [...points, point("d", { place: 4, text: "0" })];
    expect(ids(arrange(more, "groups", "place"))).toBe("bcad");
    expect(ids(arrange(more, "groups", "apart"))).toBe("bcad");
    expect(ids(arrange([...more].reverse(), "heads", "apart"))).toBe("bcad");
    expect(ids(arrange(more, "groups", "text"))).toBe("dabc");
  });

  it("falls back on heads where no groups can be shown", () => {
    expect(weigh(point("d", { all: share(0.4) }), "groups")).toBe(0.4);
    expect(ids(apart([point("d"), ...points]))).toBe("bca");
  });
});

describe("two rounds", () => {
  const round = (id: string, number: number, fields: Partial<Round> = {}): Round =>
    ({ id, step: "s", number, n: 9, state: "revealed", items: [], ...fields }) as unknown as Round;

  it("are a round and the newest one before it in the same step that has figures", () => {
    const rounds = [
      round("a", 1),
      round("b", 2),
      round("c", 3, { n: null }),
      round("e", 3, { step: "t" }),
      round("d", 4),
    ];
    expect(roundBefore(rounds, rounds[4]!)?.id).toBe("b");
    expect(roundBefore(rounds, rounds[0]!)).toBeNull();
    expect(roundBefore([round("a", 1, { state: "closed" })], round("b", 2))).toBeNull();
  });

  it("pair only points that stood in both", () => {
    const pairs = pairUp([point("a", { heads: 1 }), point("b")], [point("c"), point("a", { heads: 5 })]);
    expect(pairs.map(({ before, after }) => [before.heads, after.heads])).toEqual([[1, 5]]);
  });
});
