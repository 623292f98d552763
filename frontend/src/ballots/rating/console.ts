import { DEFAULT_RULES, RULE_LIMITS, type RatingRules } from "../../lib/wire.gen";
import { t } from "../../messages";
import type { ConsoleBallot } from "../console";
import { finishedWords, numberBehind, tooLong } from "../graded/console";
import { boundsOf } from "../graded/numbers";
import { wrongNumber } from "../number";
import { ratingRules } from "./marks";
import Settings from "./settings.svelte";

export const LIMITS = RULE_LIMITS.rating as Record<"points", [number, number]>;

export const desk: ConsoleBallot<RatingRules> = {
  name: () => t("Rating"),
  when: () => t("To weigh every card by itself, from 1 up: the mean gives an order, and shows where people differ."),
  Settings,
  wrong: ({ points, low, high }) => wrongNumber(t("Numbers from 1 to"), points, LIMITS.points) || tooLong([low, high]),
  finished: (rules) => ({
    ...rules,
    low: finishedWords(rules.low, DEFAULT_RULES.rating.low),
    high: finishedWords(rules.high, DEFAULT_RULES.rating.high),
  }),
  ...numberBehind((round) => boundsOf(ratingRules(round))),
};
