/** What is told of an item that was compared with others. */
import { number, t, tn } from "../../messages";

export interface Comparisons {
  readonly n: number;
  readonly won: number;
  readonly equal: number;
  readonly lost: number;
}

type Told = Readonly<Record<string, number>>;

export function comparisonsOf(told: Told): Comparisons {
  const [n, won, equal] = [told["comparisons"] ?? 0, told["won"] ?? 0, told["equal"] ?? 0];
  return { n, won, equal, lost: n - won - equal };
}

/** Of a whole round: a comparison is told of both its items. */
export const totalWords = (told: Told): string =>
  tn("{n} comparison", "{n} comparisons", Math.round((told["comparisons"] ?? 0) / 2));

export const toldWords = (told: Told): string => {
  const { n, won, equal } = comparisonsOf(told);
  const chosen = tn("chosen {won} of {n} time", "chosen {won} of {n} times", n, { won: number(won) });
  return equal > 0 ? `${chosen} · ${t("equally important {n} ×", { n: number(equal) })}` : chosen;
};
