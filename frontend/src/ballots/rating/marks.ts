import { DEFAULT_RULES, type AnyRules, type RatingRules, type RoundDoc } from "../../lib/wire.gen";
import { t, text, tn } from "../../messages";
import { rulesOf } from "../ballot";
import { boundsOf, numbersOf, sayNumber } from "../graded/numbers";
import type { BallotMarks } from "../marks";

export const ratingRules = (round: RoundDoc | undefined, asked?: AnyRules): RatingRules =>
  rulesOf("rating", round, asked) ?? DEFAULT_RULES.rating;

/** What the lowest and the highest say, as the facilitator set it. */
export const endsOf = ({ low, high }: RatingRules): readonly [low: string, high: string] => [text(low), text(high)];

export const marks: BallotMarks = {
  isGiven: (value) => numbersOf(value, 1)[0] !== null,
  say: (value, round) => {
    const [given] = numbersOf(value, 1);
    return given == null ? t("no answer") : sayNumber(given, boundsOf(ratingRules(round)));
  },
  returned: (values) =>
    tn(
      "A card was taken out of the vote again. Your answer to it no longer counts.",
      "{n} cards were taken out of the vote again. Your answers to them no longer count.",
      values.length,
    ),
};
