import type { BudgetRules } from "../../lib/wire.gen";
import { t } from "../../messages";
import { euros } from "../../parts/money";
import type { PaperBallot } from "../paper";
import { isBought, priceOf } from "./marks";

export const paper: PaperBallot<BudgetRules> = {
  how: ({ total }) => [t("You have {sum} to spend. Put a cross at what you buy.", { sum: euros(total) })],
  fields: () => [{ kind: "tick", name: t("bought") }],
  used: (given, { total }, items) => {
    const bought = items.filter((item) => isBought(given[item.id]));
    const spent = bought.reduce((sum, item) => sum + priceOf(item), 0);
    return t("{n} of {all}", { n: euros(spent), all: euros(total) });
  },
};
