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
  /** Over a column of it, without its unit. */
  readonly head: string;
  /** Of the axis that shares lie on. */
  readonly ends: readonly [low: string, high: string];
  /** A difference, in points of the unit, and what those are called. */
  readonly apart: (spread: number) => string;
  readonly points: (spread: number) => string;
  /** The same over a column of differences. */
  readonly apartHead: string;
}

const whole = (share: number): string => number(share * 100);

/** Made anew each time: a language is chosen when a screen starts. */
const percentages = (): ShareWords => ({
  say: percent,
  mark: percent,
  bare: whole,
  unit: "%",
  head: t("share, in %"),
  ends: [percent(0), percent(1)],
  apart: whole,
  // Never "points" alone: those are what people give in some votes.
  points: (spread) => tn("% point", "% points", Math.round(exact(spread * 100))),
  apartHead: t("% points apart"),
});

export function shareWords(rules: AnyRules | null | undefined): ShareWords {
  // A matrix has no shares; its differences are on the scale of its two questions.
  if (rules?.ballot !== "rating" && rules?.ballot !== "scale" && rules?.ballot !== "matrix") return percentages();
  const [low, high] = boundsOf(rules);
  const say = (share: number): string => tenths(low + share * (high - low));
  return {
    say: (share) => t("{n} of {all}", { n: say(share), all: number(high) }),
    mark: say,
    bare: say,
    unit: "",
    head: t("mean"),
    ends: [number(low), number(high)],
    apart: (spread) => tenths(spread * (high - low)),
    points: (spread) => tn("point", "points", exact(spread * (high - low))),
    apartHead: t("points apart"),
  };
}

export const shareWordsIn = (round: RoundDoc): ShareWords => shareWords(round.rules);
