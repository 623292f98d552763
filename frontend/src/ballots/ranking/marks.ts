import { DEFAULT_RULES, type AnyRules, type RankingRules, type RoundDoc } from "../../lib/wire.gen";
import { t, tn } from "../../messages";
import { rulesOf, type Value } from "../ballot";
import type { BallotMarks } from "../marks";

export const rankingRules = (round: RoundDoc | undefined, asked?: AnyRules): RankingRules =>
  rulesOf("ranking", round, asked) ?? DEFAULT_RULES.ranking;

/** A mark as a place; null: none. */
export const placeOf = (value: Value | undefined): number | null =>
  typeof value === "number" && value > 0 ? value : null;

export const marks: BallotMarks = {
  isGiven: (value) => placeOf(value) !== null,
  say: (value) => {
    const place = placeOf(value);
    return place === null ? t("no place") : t("place {n}", { n: place });
  },
  returned: (values) =>
    tn(
      "A card was taken out of the vote again. Its place is yours to give.",
      "{n} cards were taken out of the vote again. Their places are yours to give.",
      values.length,
    ),
};
