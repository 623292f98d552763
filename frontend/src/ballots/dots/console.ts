import type { DotsRules } from "../../lib/wire.gen";
import { t } from "../../messages";
import type { ConsoleBallot } from "../console";
import { wrongNumber } from "../number";
import { LIMITS } from "./limits";
import Settings from "./settings.svelte";

export const desk: ConsoleBallot<DotsRules> = {
  name: () => t("Dots"),
  when: () => t("To choose from many: everybody has the same number of dots and puts them on what matters most."),
  Settings,
  wrong: ({ budget, most }) =>
    wrongNumber(t("Dots per person"), budget, LIMITS.budget, { mayBeEmpty: true }) ||
    wrongNumber(t("Dots on one card"), most, LIMITS.most, { mayBeEmpty: true }),
  // A field of numbers that was emptied holds none.
  finished: ({ ballot, budget, most }) => ({ ballot, budget, most: (most as number | null) ?? 1 }),
  again: (n) => t("In round {n} everybody has new dots, for the cards that are ticked here.", { n }),
  first: () => t("the dots, every person once"),
  published: ({ heads }) => ({ heads, of: null, told: "" }),
  live: (counts) => ({ heads: counts?.[0] ?? 0, of: null, told: "" }),
};
