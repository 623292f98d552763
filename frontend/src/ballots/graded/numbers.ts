/** What ballots share in which people give whole numbers, from a lowest to a highest. */
import type { CriteriaRules, MatrixRules, MeanDoc, RatingRules, ScaleRules } from "../../lib/wire.gen";
import { number, t } from "../../messages";
import type { Value } from "../ballot";

export type GradedRules = RatingRules | ScaleRules | CriteriaRules | MatrixRules;
/** By criterion. */
export type Numbers = readonly (number | null)[];
export type Bounds = readonly [low: number, high: number];

/** Don't know: it says that the item was seen, and counts in no mean. */
export const UNSURE = -99;

export const boundsOf = (rules: GradedRules): Bounds =>
  rules.ballot === "scale" ? [rules.lowest, rules.highest] : [1, rules.points];

export const valuesOf = ([low, high]: Bounds): number[] =>
  Array.from({ length: high - low + 1 }, (_, place) => low + place);

/** A mark as a number for each criterion, whatever was given of it. */
export function numbersOf(value: Value | undefined, criteria: number): Numbers {
  const given = Array.isArray(value) ? value : [value ?? null];
  return Array.from({ length: criteria }, (_, place) => given[place] ?? null);
}

/** The same with another number by one criterion; null when nothing is left of it. */
export function replaced(numbers: Numbers, criterion: number, value: number | null): Value {
  const given = numbers.map((one, place) => (place === criterion ? value : one));
  return given.some((one) => one !== null) ? given : null;
}

export const isWhole = (numbers: Numbers): boolean => numbers.every((value) => value !== null);

export const sayNumber = (value: number, [, high]: Bounds): string =>
  value === UNSURE ? t("don’t know") : t("{n} of {all}", { n: number(value), all: number(high) });

export const meanOf = (means: readonly MeanDoc[], criterion = 0): number => means[criterion]?.mean ?? 0;

/** What a live count says: see `GradedBallot.live` on the server. */
export function readLive(
  counts: readonly number[] | null | undefined,
  criteria: number,
): { readonly seen: number; readonly of: number; readonly means: number[]; readonly bars: readonly number[] } {
  const [seen = 0, of = 0, ...more] = counts ?? [];
  const means = more.slice(0, criteria).map((sum) => (of === 0 ? 0 : sum / of));
  return { seen, of, means, bars: more.slice(criteria) };
}

/** How many answered an item without giving it a number, in words. */
export const unsureWords = (seen: number, of: number): string =>
  seen > of ? t("{n} don’t know", { n: number(seen - of) }) : "";

/** The same of several criteria: who left one out is not one who does not know. */
export const partlyWords = (seen: number, of: number): string =>
  seen > of ? t("{n} not on every question", { n: number(seen - of) }) : "";
