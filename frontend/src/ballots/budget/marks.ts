import { DEFAULT_RULES, type AnyRules, type BudgetRules, type ItemDoc, type RoundDoc } from "../../lib/wire.gen";
import { t, tn } from "../../messages";
import { euros } from "../../parts/money";
import { rulesOf, type Value } from "../ballot";
import type { BallotMarks } from "../marks";

export const budgetRules = (round: RoundDoc | undefined, asked?: AnyRules): BudgetRules =>
  rulesOf("budget", round, asked) ?? DEFAULT_RULES.budget;

export const isBought = (value: Value | undefined): boolean => value === 1;

/** One without a price costs nothing. */
export const priceOf = ({ price }: Pick<ItemDoc, "price">): number => price ?? 0;
export const priceWords = ({ price }: Pick<ItemDoc, "price">): string =>
  price === null ? t("no price") : euros(price);

export const marks: BallotMarks = {
  isGiven: isBought,
  say: (value) => (isBought(value) ? t("bought") : t("not bought")),
  returned: (values) =>
    tn(
      "A card was taken out of the vote again. What it cost is yours to spend.",
      "{n} cards were taken out of the vote again. What they cost is yours to spend.",
      values.length,
    ),
};
