import { DEFAULT_RULES, type AnyRules, type ChoiceRules, type RoundDoc } from "../../lib/wire.gen";
import { t, tn } from "../../messages";
import { rulesOf, type Value } from "../ballot";
import type { BallotMarks } from "../marks";

export const choiceRules = (round: RoundDoc | undefined, asked?: AnyRules): ChoiceRules =>
  rulesOf("choice", round, asked) ?? DEFAULT_RULES.choice;

export const isChosen = (value: Value | undefined): boolean => value === 1;

export const marks: BallotMarks = {
  isGiven: isChosen,
  say: (value) => (isChosen(value) ? t("chosen") : t("not chosen")),
  returned: (values) =>
    tn(
      "A card was taken out of the vote again. You had chosen it; choose another.",
      "{n} cards were taken out of the vote again. You had chosen them; choose others.",
      values.length,
    ),
};
