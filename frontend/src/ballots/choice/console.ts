import { RULE_LIMITS, type ChoiceRules } from "../../lib/wire.gen";
import { t } from "../../messages";
import type { ConsoleBallot } from "../console";
import { wrongNumber } from "../number";
import Settings from "./settings.svelte";

export const desk: ConsoleBallot<ChoiceRules> = {
  name: () => t("Choice"),
  when: () => t("To decide between a few options that exclude each other, or to hear which ones apply."),
  Settings,
  wrong: ({ most }) =>
    wrongNumber(t("Options a person can choose"), most, RULE_LIMITS.choice["most"], { mayBeEmpty: true }),
  finished: ({ ballot, most }) => ({ ballot, most: (most as number | null) ?? 1 }),
  again: (n) => t("In round {n} everybody chooses anew, from the cards that are ticked here.", { n }),
  first: () => t("the choices, every person once"),
  published: ({ heads }) => ({ heads, of: null, told: "" }),
  live: (counts) => ({ heads: counts?.[0] ?? 0, of: null, told: "" }),
};
