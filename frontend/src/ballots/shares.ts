/** How a share is said: as a percentage, or where people give one number as their mean, on the scale it was given on. */
import type { AnyRules, RoundDoc } from "../lib/wire.gen";
import { exact, number, percent, t, tenths, tn } from "../messages";
import { boundsOf } from "./graded/numbers";

export interface ShareWords {
  readonly say: (share: number) => string;
  /** At a place of the axis. */
  readonly mark: (share: number) => string;
  /** Without its unit. */
  readonly bare: (share: number) => string;
  readonly unit: string;
  /** Of the axis that shares lie on. */
  readonly ends: readonly [low: string, high: string];
  /** A difference, in points of the unit, and what those are called. */
  readonly apart: (spread: number) => string;
  readonly points: (spread: number) => string;
}

const whole = (share: number): string => number(share * 100);

const PERCENTAGES: ShareWords = {
  say: percent,
  mark: percent,
  bare: whole,
  unit: "%",
  ends: ["0 %", "100 %"],
  apart: whole,
  points: (spread) => tn("point", "points", Math.round(exact(spread * 100))),
};

/** Where people give points, a difference between shares is told apart from those. */
const OF_POINTS: ShareWords = { ...PERCENTAGES, points: () => t("% points") };

export function shareWords(rules: AnyRules | null | undefined): ShareWords {
  if (rules?.ballot === "points") return OF_POINTS;
  // A matrix has no shares; its differences are on the scale of its two questions.
  if (rules?.ballot !== "rating" && rules?.ballot !== "scale" && rules?.ballot !== "matrix") return PERCENTAGES;
  const [low, high] = boundsOf(rules);
  const say = (share: number): string => tenths(low + share * (high - low));
  return {
    say: (share) => t("{n} of {all}", { n: say(share), all: number(high) }),
    mark: say,
    bare: say,
    unit: "",
    ends: [number(low), number(high)],
    apart: (spread) => tenths(spread * (high - low)),
    points: (spread) => tn("point", "points", exact(spread * (high - low))),
  };
}

export const shareWordsIn = (round: RoundDoc): ShareWords => shareWords(round.rules);
