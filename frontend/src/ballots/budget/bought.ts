/** What the budget of one person pays for, as everybody together wants it. */
import type { ResultDoc, ResultItemDoc, RoundDoc } from "../../lib/wire.gen";
import { t } from "../../messages";
import { euros } from "../../parts/money";
import { budgetRules, priceOf } from "./marks";

export const isChosen = ({ told }: Pick<ResultItemDoc, "told">): boolean => told["chosen"] === 1;

export function costOf(round: RoundDoc, result: ResultDoc): number {
  const chosen = new Set(result.items.filter(isChosen).map(({ item }) => item));
  return round.items.filter(({ id }) => chosen.has(id)).reduce((sum, item) => sum + priceOf(item), 0);
}

/** What was bought costs so much of so much. */
export const costWords = (round: RoundDoc, result: ResultDoc): string =>
  t("{cost} of {total}", { cost: euros(costOf(round, result)), total: euros(budgetRules(round).total) });
