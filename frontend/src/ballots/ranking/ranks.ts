/** One person's order: pure, so that it can be tried without a screen. */
import type { OwnMark } from "../../lib/own";
import type { MarkGiven } from "../../lib/wire.gen";
import { placeOf } from "./marks";

/** The items that have a place, the first place first. Who took one back leaves no gap. */
export function orderOf(marks: ReadonlyMap<string, OwnMark>): string[] {
  const placed = [...marks].flatMap(([item, { value }]) => {
    const place = placeOf(value);
    return place === null ? [] : [{ item, place }];
  });
  return placed.sort((one, other) => one.place - other.place).map(({ item }) => item);
}

/** The order with an item at a place from 1; without a place it leaves. What stood there, and below, moves down. */
export function withPlace(order: readonly string[], item: string, place: number | null): string[] {
  const others = order.filter((other) => other !== item);
  return place === null ? others : [...others.slice(0, place - 1), item, ...others.slice(place - 1)];
}

/** The whole order as it is cast: also what has no place any more, so that whatever comes through of several casts, the last
 *  one counts. */
export function castOf(order: readonly string[], marks: ReadonlyMap<string, OwnMark>): MarkGiven[] {
  const gone = [...marks.keys()].filter((item) => !order.includes(item));
  return [...order.map((item, index) => ({ item, value: index + 1 })), ...gone.map((item) => ({ item, value: null }))];
}
