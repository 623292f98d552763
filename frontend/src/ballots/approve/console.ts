import { RULE_LIMITS, type ApproveRules } from "../../lib/wire.gen";
import { t } from "../../messages";
import type { ConsoleBallot } from "../console";
import { wrongNumber } from "../number";
import Settings from "./settings.svelte";

export const desk: ConsoleBallot<ApproveRules> = {
  name: () => t("Approve"),
  when: () => t("To shorten a long list, or to find what most can live with: everybody chooses all that they support."),
  Settings,
  wrong: ({ most }) =>
    wrongNumber(t("Cards a person can choose"), most, RULE_LIMITS.approve["most"], { mayBeEmpty: true }),
  // A field of numbers that was emptied holds none.
  finished: ({ ballot, most }) => ({ ballot, most: most ?? null }),
  again: (n) => t("In round {n} everybody chooses anew, from the cards that are ticked here.", { n }),
  first: () => t("the choices, every person once"),
  published: ({ heads }) => ({ heads, of: null, told: "" }),
  live: (counts) => ({ heads: counts?.[0] ?? 0, of: null, told: "" }),
};
