import type { DotsRules } from "../../lib/wire.gen";
import { t } from "../../messages";
import type { ConsoleBallot } from "../console";
import { LIMITS } from "./limits";
import Settings from "./settings.svelte";

const isWrong = (value: number | null, [least, most]: readonly [number, number]): boolean =>
  value !== null && !(Number.isInteger(value) && value >= least && value <= most);

export const desk: ConsoleBallot<DotsRules> = {
  name: () => t("Dots"),
  when: () => t("To choose from many: everybody has the same number of dots and puts them on what matters most."),
  Settings,
  wrong: ({ budget, most }) => {
    const names = { budget: t("Dots per person"), most: t("Dots on one card") };
    const field = isWrong(budget, LIMITS.budget) ? "budget" : isWrong(most, LIMITS.most) ? "most" : null;
    if (field === null) return "";
    const [least, highest] = LIMITS[field];
    return t("{field}: a whole number from {least} to {most}.", { field: names[field], least, most: highest });
  },
  // A field of numbers that was emptied holds none.
  finished: ({ ballot, budget, most }) => ({ ballot, budget, most: (most as number | null) ?? 1 }),
  again: (n) => t("In round {n} everybody has new dots, for the cards that are ticked here.", { n }),
  first: () => t("the dots, every person once"),
  published: ({ heads }) => ({ heads, of: null, told: "" }),
  live: (counts) => ({ heads: counts?.[0] ?? 0, of: null, told: "" }),
};
