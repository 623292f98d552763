import { DEFAULT_RULES, RULE_LIMITS, type BudgetRules } from "../../lib/wire.gen";
import { number, t, tn } from "../../messages";
import type { ConsoleBallot } from "../console";
import { wrongNumber } from "../number";
import { isChosen } from "./bought";
import Settings from "./settings.svelte";

export const desk: ConsoleBallot<BudgetRules> = {
  name: () => t("Divide a budget"),
  when: () =>
    t(
      "To choose what can be paid: every card has a price, and everybody buys what they want of the same sum of money.",
    ),
  Settings,
  wrong: ({ total }) =>
    wrongNumber(t("What a person can spend"), total, RULE_LIMITS.budget["total"], { mayBeEmpty: true }),
  // A field of numbers that was emptied holds none.
  finished: (rules) => ({ ...rules, total: (rules.total as number | null) ?? DEFAULT_RULES.budget.total }),
  lacking: (items) => {
    const unpriced = items.filter(({ price }) => price === null).length;
    return unpriced === 0
      ? ""
      : tn("{n} of {all} has no price: it costs nothing.", "{n} of {all} have no price: they cost nothing.", unpriced, {
          all: number(items.length),
        });
  },
  again: (n) => t("In round {n} everybody has the whole sum again, for the cards that are ticked here.", { n }),
  first: () => t("the choices, every person once"),
  published: (figures, round) => {
    const item = round.items.find(({ id }) => id === figures.item);
    // What it costs stands beside what it is.
    const words = [item?.price === null ? t("no price") : "", isChosen(figures) ? t("bought") : t("not bought")];
    return { heads: figures.heads, of: null, told: words.filter(Boolean).join(" · ") };
  },
  live: (counts) => ({ heads: counts?.[0] ?? 0, of: null, told: "" }),
};
