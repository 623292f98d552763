/** What is shown of the cards and points, in which order, and where the marks of a row stand. */
import type { Card, Point } from "./types";

export interface Filter {
  readonly pillars: ReadonlySet<number>;
  readonly aspects: ReadonlySet<string>;
  /** Cards only; "" is a card without a mark. */
  readonly sectors: ReadonlySet<string>;
  readonly sources: ReadonlySet<string>;
}

/** Everything is on until somebody turns it off, so the sets hold what is off. */
export const NOTHING_OFF: Filter = {
  pillars: new Set(),
  aspects: new Set(),
  sectors: new Set(),
  sources: new Set(),
};

type Placed = Pick<Card, "pillar" | "aspect">;

const passes = (off: Filter, thing: Placed): boolean =>
  !off.pillars.has(thing.pillar) && !off.aspects.has(thing.aspect);

export const pickPoints = (points: readonly Point[], off: Filter): Point[] =>
  points.filter((point) => passes(off, point));

export const pickCards = (cards: readonly Card[], off: Filter): Card[] =>
  cards.filter(
    (card) => passes(off, card) && !off.sectors.has(card.sector ?? "") && !off.sources.has(card.source),
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

export const ranked = (points: readonly Point[], weight: Weight): Point[] =>
  [...points].sort(
    (one, other) => weigh(other, weight) - weigh(one, weight) || other.heads - one.heads || byId(one, other),
  );

/** Widest apart first. */
export const apart = (points: readonly Point[]): Point[] =>
  points
    .filter((point) => point.spread !== null)
    .sort((one, other) => (other.spread ?? 0) - (one.spread ?? 0) || other.heads - one.heads || byId(one, other));

/** Marks that would lie over each other are stacked: how far each is moved up or down, in marks. */
export function stack(places: readonly number[], closeness: number): number[] {
  const order = places.map((_, index) => index).sort((one, other) => places[one]! - places[other]!);
  const moved = new Array<number>(places.length).fill(0);
  let together: number[] = [];
  const settle = (): void => {
    together.forEach((index, place) => (moved[index] = place - (together.length - 1) / 2));
  };
  for (const index of order) {
    const last = together.at(-1);
    if (last !== undefined && places[index]! - places[last]! >= closeness) {
      settle();
      together = [];
    }
    together.push(index);
  }
  settle();
  return moved;
}
