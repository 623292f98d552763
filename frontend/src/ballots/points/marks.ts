import { DEFAULT_RULES, type AnyRules, type PointsRules, type RoundDoc } from "../../lib/wire.gen";
import { tenths, tn } from "../../messages";
import { rulesOf, type Value } from "../ballot";
import type { BallotMarks } from "../marks";

export const pointsRules = (round: RoundDoc | undefined, asked?: AnyRules): PointsRules =>
  rulesOf("points", round, asked) ?? DEFAULT_RULES.points;

/** A mark as points: nothing, and what is no number, are none. */
export const pointsOf = (value: Value | undefined): number => (typeof value === "number" ? value : 0);

/** Points that a person gave on average, from their part of all points. */
export const meanWords = (share: number, { total }: PointsRules): string => tenths(share * total);

export const marks: BallotMarks = {
  isGiven: (value) => pointsOf(value) > 0,
  say: (value) => tn("{n} point", "{n} points", pointsOf(value)),
  returned: (values) =>
    tn(
      "A card was taken out of the vote again. Your point on it is yours to give.",
      "A card was taken out of the vote again. Your {n} points on it are yours to give.",
      values.reduce((sum: number, value) => sum + pointsOf(value), 0),
    ),
};
