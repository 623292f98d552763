/** What the console says of ballots in which people give numbers. */
import type { AnswerWords, RoundDoc } from "../../lib/wire.gen";
import { t, tenths } from "../../messages";
import type { Behind, ConsoleBallot } from "../console";
import { histogramWords } from "./studio";
import { meanOf, readLive, unsureWords, type Bounds } from "./numbers";

/** The most letters of what stands at an end of the numbers. */
export const MOST_WORDS = 32;
/** And of the name of a criterion. */
export const MOST_NAME = 48;

interface Pair {
  readonly nl: string;
  readonly en: string;
}

/** Who wrote one language gets it in both; who wrote none the words there were. */
export function finishedWords(words: Pair, otherwise: Pair): AnswerWords {
  const { nl, en } = { nl: words.nl.trim(), en: words.en.trim() };
  return nl || en ? { nl: nl || en, en: en || nl } : { ...otherwise };
}

export const isLong = ({ nl, en }: Pair, most: number): boolean => Math.max(nl.trim().length, en.trim().length) > most;

export const tooLong = (words: readonly Pair[], names: readonly Pair[] = []): string => {
  if (words.some((pair) => isLong(pair, MOST_WORDS))) return t("An answer has at most {n} letters.", { n: MOST_WORDS });
  return names.some((pair) => isLong(pair, MOST_NAME))
    ? t("A question has at most {n} letters.", { n: MOST_NAME })
    : "";
};

export const again = (n: number): string =>
  t("In round {n} everybody answers anew, for the cards that are ticked here.", { n });

export const noneBehind = (): Behind => ({ heads: 0, of: 0, told: t("too few answers yet"), figure: "–", score: 0 });

/** Of ballots in which every item gets one number. */
export const numberBehind = (
  bounds: (round: RoundDoc) => Bounds,
): Pick<ConsoleBallot<never>, "published" | "live" | "again" | "first"> => ({
  again,
  first: () => t("the mean, every person once"),
  published: ({ heads, of, told, means }, round, equal) => ({
    heads,
    of,
    told: [...means.map((mean) => histogramWords(mean, bounds(round))), unsureWords(told["seen"] ?? of, of)]
      .filter(Boolean)
      .join(" · "),
    figure: tenths((equal ? means[0]?.balanced : null) ?? meanOf(means)),
  }),
  live: (counts, round) => {
    if (counts === null) return noneBehind();
    const { seen, of, means, bars } = readLive(counts, 1);
    const histogram = { mean: means[0] ?? 0, balanced: null, groups: [], histogram: [...bars] };
    return {
      heads: 0,
      of,
      told: [histogramWords(histogram, bounds(round)), unsureWords(seen, of)].filter(Boolean).join(" · "),
      figure: tenths(means[0] ?? 0),
      score: means[0] ?? 0,
    };
  },
});
