/** What is told of an item in a ranking. */
import type { ResultItemDoc } from "../../lib/wire.gen";
import { number, t, tn } from "../../messages";

export interface Ranked {
  readonly first: number;
  /** People who gave it a place, the first among them. */
  readonly ranked: number;
  /** The mean of those places; null where it has none. */
  readonly mean: number | null;
}

type Told = Readonly<Record<string, number>>;

export function rankedOf(told: Told): Ranked {
  const [first, ranked, places] = [told["first"] ?? 0, told["ranked"] ?? 0, told["places"] ?? 0];
  return { first, ranked, mean: ranked > 0 ? places / ranked : null };
}

/** One decimal: a place is no measurement. */
const place = (mean: number): string => number(Math.round(mean * 10) / 10);

export const firstWords = ({ first }: Ranked): string => tn("{n} time first", "{n} times first", first);

export const meanWords = ({ mean }: Ranked): string =>
  mean === null ? t("no place") : t("mean place {n}", { n: place(mean) });

export const toldWords = (told: ResultItemDoc["told"]): string => {
  const ranked = rankedOf(told);
  const people = tn("{n} person gave it a place", "{n} people gave it a place", ranked.ranked);
  return [firstWords(ranked), people, ...(ranked.mean === null ? [] : [meanWords(ranked)])].join(" · ");
};
