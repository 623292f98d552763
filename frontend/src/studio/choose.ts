/** What is shown of the cards and points and in which order. */
import type { Card, Point, Round } from "./types";

export interface Filter {
  readonly pillars: ReadonlySet<number>;
  readonly aspects: ReadonlySet<string>;
  /** Cards only; "" is a card without a mark. */
  readonly sectors: ReadonlySet<string>;
  readonly sources: ReadonlySet<string>;
  /** Cards only; by `stepKey`. */
  readonly steps: ReadonlySet<string>;
}

/** Everything is on until somebody turns it off, so the sets hold what is off. */
export const NOTHING_OFF: Filter = {
  pillars: new Set(),
  aspects: new Set(),
  sectors: new Set(),
  sources: new Set(),
  steps: new Set(),
};

type Placed = Pick<Point, "pillar" | "aspect">;

/** What is under no pillar, having words of its own, is not turned off with one. */
const passes = (off: Filter, { pillar, aspect }: Placed): boolean =>
  !(pillar !== null && off.pillars.has(pillar)) && !(aspect !== null && off.aspects.has(aspect));

/** Whether a text holds every word that somebody looks for, however it is written. */
export function holds(text: string, words: string): boolean {
  const plain = (written: string): string => written.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const found = plain(text);
  return plain(words)
    .split(/\s+/u)
    .every((word) => found.includes(word));
}

/** A card's step, by its title: the same in both languages. */
export const stepKey = ({ step }: Card): string => step.nl || step.en;

export const pickPoints = (points: readonly Point[], off: Filter, words = ""): Point[] =>
  points.filter((point) => passes(off, point) && holds(point.text, words));

export const pickCards = (cards: readonly Card[], off: Filter, words = ""): Card[] =>
  cards.filter(
    (card) =>
      passes(off, card) &&
      !off.sectors.has(card.sector ?? "") &&
      !off.sources.has(card.source) &&
      !off.steps.has(stepKey(card)) &&
      holds(card.text, words),
  );

/** How many there are of each value, for the figures beside the boxes. */
export function countBy<Thing, Key>(things: readonly Thing[], key: (thing: Thing) => Key): Map<Key, number> {
  const counts = new Map<Key, number>();
  for (const thing of things) counts.set(key(thing), (counts.get(key(thing)) ?? 0) + 1);
  return counts;
}

export type Weight = "groups" | "heads";

/** What a point is ranked by: each O the same weight, or each person. */
export const weigh = (point: Point, weight: Weight): number =>
  weight === "groups" && point.balanced !== null ? point.balanced : point.all.share;

const byId = (one: Point, other: Point): number => (one.id < other.id ? -1 : 1);

/** The place that the server gave, by the weight that is looked at; equal points share it. */
export const placeOf = (point: Point, weight: Weight): number =>
  weight === "groups" ? point.place : point.heads_place;

export const ranked = (points: readonly Point[], weight: Weight): Point[] =>
  [...points].sort((one, other) => placeOf(one, weight) - placeOf(other, weight) || byId(one, other));

export const SORTS = ["place", "apart", "text"] as const;
export type Sort = (typeof SORTS)[number];

/** Distances are differences of fractions, so equal ones may differ by rounding. */
const distance = ({ spread }: Point): number => Math.round((spread ?? 0) * 1e9);

/** Widest apart first. */
export const apart = (points: readonly Point[]): Point[] =>
  points
    .filter((point) => point.spread !== null)
    .sort((one, other) => distance(other) - distance(one) || one.place - other.place || byId(one, other));

/** In the order of the table. What has no distance comes last where it is by distance. */
export function arrange(points: readonly Point[], weight: Weight, sort: Sort): Point[] {
  const byPlace = ranked(points, weight);
  switch (sort) {
    case "place":
      return byPlace;
    case "apart":
      return [...apart(points), ...byPlace.filter(({ spread }) => spread === null)];
    case "text":
      return byPlace.sort((one, other) => one.text.localeCompare(other.text));
  }
}

/** The newest earlier round of the same step that has figures. */
export function roundBefore(rounds: readonly Round[], round: Round): Round | null {
  const earlier = rounds.filter(
    (other) =>
      other.step === round.step && other.number < round.number && other.n !== null && other.state === "revealed",
  );
  return earlier.sort((one, other) => other.number - one.number)[0] ?? null;
}

/** A point that stood in two rounds, as each of them was published. */
export interface Pair {
  readonly before: Point;
  readonly after: Point;
}

export const pairUp = (before: readonly Point[], after: readonly Point[]): Pair[] =>
  after.flatMap((point) => {
    const was = before.find(({ id }) => id === point.id);
    return was ? [{ before: was, after: point }] : [];
  });
