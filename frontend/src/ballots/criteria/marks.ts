import { DEFAULT_RULES, type AnyRules, type CriteriaRules, type RoundDoc } from "../../lib/wire.gen";
import { t, text, tn } from "../../messages";
import { rulesOf } from "../ballot";
import { boundsOf, numbersOf, sayNumber } from "../graded/numbers";
import type { BallotMarks } from "../marks";

export const criteriaRules = (round: RoundDoc | undefined, asked?: AnyRules): CriteriaRules =>
  rulesOf("criteria", round, asked) ?? DEFAULT_RULES.criteria;

/** The weighted mean of means, as a part of the scale. */
export function weighted(rules: CriteriaRules, means: readonly number[]): number {
  const [low, high] = boundsOf(rules);
  const whole = rules.criteria.reduce((sum, { weight }) => sum + weight, 0);
  const given = rules.criteria.reduce((sum, { weight }, at) => sum + weight * ((means[at] ?? low) - low), 0);
  return given / whole / (high - low);
}

export const marks: BallotMarks = {
  isGiven: (value) => Array.isArray(value) && value.some((one) => one !== null),
  say: (value, round) => {
    const rules = criteriaRules(round);
    const said = numbersOf(value, rules.criteria.length).flatMap((given, place) => {
      const criterion = rules.criteria[place];
      return given === null || !criterion ? [] : [`${text(criterion.name)} ${sayNumber(given, boundsOf(rules))}`];
    });
    return said.length === 0 ? t("no answer") : said.join(", ");
  },
  returned: (values) =>
    tn(
      "A card was taken out of the vote again. Your answer to it no longer counts.",
      "{n} cards were taken out of the vote again. Your answers to them no longer count.",
      values.length,
    ),
};
