import { DEFAULT_RULES, RULE_LIMITS, type ScaleRules } from "../../lib/wire.gen";
import { t } from "../../messages";
import type { ConsoleBallot } from "../console";
import { finishedWords, numberBehind, tooLong } from "../graded/console";
import { boundsOf } from "../graded/numbers";
import { wrongNumber } from "../number";
import { scaleRules } from "./marks";
import Settings from "./settings.svelte";

export const LIMITS = RULE_LIMITS.scale as Record<"lowest" | "highest", [number, number]>;
/** Between the lowest and the highest. */
const WIDEST = 10;

const wrongEnds = ({ lowest, highest }: ScaleRules): string =>
  highest <= lowest || highest - lowest > WIDEST
    ? t("The highest number is 1 to {most} more than the lowest.", { most: WIDEST })
    : "";

export const desk: ConsoleBallot<ScaleRules> = {
  name: () => t("Scale"),
  when: () => t("To hear of one question or a few how far people go along, as on a scale from 0 to 10."),
  Settings,
  wrong: (rules) =>
    wrongNumber(t("Lowest number"), rules.lowest, LIMITS.lowest) ||
    wrongNumber(t("Highest number"), rules.highest, LIMITS.highest) ||
    wrongEnds(rules) ||
    tooLong([rules.low, rules.high]),
  finished: (rules) => ({
    ...rules,
    low: finishedWords(rules.low, DEFAULT_RULES.scale.low),
    high: finishedWords(rules.high, DEFAULT_RULES.scale.high),
  }),
  ...numberBehind((round) => boundsOf(scaleRules(round))),
};
