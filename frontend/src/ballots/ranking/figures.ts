/** What is told of an item in a ranking. */
import type { MeanDoc } from "../../lib/wire.gen";
import { t, tenths, tn } from "../../messages";

export interface Ranked {
  readonly first: number;
  /** People who gave it a place, the first among them. */
  readonly ranked: number;
  /** The mean of those places; null where it has none, or is not told. */
  readonly mean: number | null;
}

interface ToldItem {
  readonly told: Readonly<Record<string, number>>;
  /** One: of the places. */
  readonly means?: readonly MeanDoc[];
}

export function rankedOf({ told, means }: ToldItem): Ranked {
  const ranked = told["ranked"] ?? 0;
  return { first: told["first"] ?? 0, ranked, mean: ranked > 0 ? (means?.[0]?.mean ?? null) : null };
}

/** While people vote: the full scores, first places, people who gave a place, the sum of those places. */
export function rankedLive(counts: readonly number[] | null | undefined): Ranked {
  const [, first = 0, ranked = 0, places = 0] = counts ?? [];
  return { first, ranked, mean: ranked > 0 ? places / ranked : null };
}

/** One decimal: a place is no measurement. */
const place = (mean: number): string => tenths(mean);

export const meanWords = ({ mean }: Ranked): string =>
  mean === null ? t("no place") : t("mean place {n}", { n: place(mean) });

export const toldWords = (ranked: Ranked): string => {
  const first = tn("{n} time first", "{n} times first", ranked.first);
  const people = tn("{n} person gave it a place", "{n} people gave it a place", ranked.ranked);
  return [first, people, ...(ranked.mean === null ? [] : [meanWords(ranked)])].join(" · ");
};
