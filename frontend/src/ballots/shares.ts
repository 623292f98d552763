/** How a share is said: as a percentage, or where people give one number as their mean, on the scale it was given on. */
import type { AnyRules, RoundDoc } from "../lib/wire.gen";
import { number, percent, t, tenths } from "../messages";
import { boundsOf } from "./graded/numbers";

export interface ShareWords {
  readonly say: (share: number) => string;
  /** Without its unit. */
  readonly bare: (share: number) => string;
  readonly unit: string;
  /** Of the axis that shares lie on. */
  readonly ends: readonly [low: string, high: string];
  /** A difference, in points of the unit. */
  readonly apart: (spread: number) => string;
}

const whole = (share: number): string => number(share * 100);

const PERCENTAGES: ShareWords = { say: percent, bare: whole, unit: "%", ends: ["0 %", "100 %"], apart: whole };

export function shareWords(rules: AnyRules | null | undefined): ShareWords {
  if (rules?.ballot !== "rating" && rules?.ballot !== "scale") return PERCENTAGES;
  const [low, high] = boundsOf(rules);
  const say = (share: number): string => tenths(low + share * (high - low));
  return {
    say: (share) => t("{n} of {all}", { n: say(share), all: number(high) }),
    bare: say,
    unit: "",
    ends: [number(low), number(high)],
    apart: (spread) => tenths(spread * (high - low)),
  };
}

export const shareWordsIn = (round: RoundDoc): ShareWords => shareWords(round.rules);
