import {
  DEFAULT_RULES,
  RULE_LIMITS,
  type CriteriaRules,
  type RoundDoc,
  type WeightedCriterion,
} from "../../lib/wire.gen";
import { percent, t, tenths, text } from "../../messages";
import type { Behind, ConsoleBallot } from "../console";
import { again, finishedWords, noneBehind, tooLong } from "../graded/console";
import { readLive, partlyWords } from "../graded/numbers";
import { wrongNumber } from "../number";
import { criteriaRules, weighted } from "./marks";
import Settings from "./settings.svelte";

export const LIMITS = RULE_LIMITS.criteria as Record<"points", [number, number]>;
export const FEWEST = 2;
export const MOST = 5;
export const WEIGHTS: readonly [number, number] = [1, 10];

const empty = (): { nl: string; en: string } => ({ nl: "", en: "" });

export const newCriterion = (): WeightedCriterion => ({
  name: empty(),
  low: { nl: "laag", en: "low" },
  high: { nl: "hoog", en: "high" },
  weight: 1,
});

const isNameless = ({ name }: WeightedCriterion): boolean => !name.nl.trim() && !name.en.trim();

const besides = (round: RoundDoc, means: readonly number[], seen: number, of: number): string =>
  [
    ...criteriaRules(round).criteria.map(({ name }, at) => `${text(name)} ${tenths(means[at] ?? 0)}`),
    partlyWords(seen, of),
  ]
    .filter(Boolean)
    .join(" · ");

export const desk: ConsoleBallot<CriteriaRules> = {
  name: () => t("Criteria"),
  when: () => t("To weigh a few cards by several criteria at once, such as effect and cost, each with its own weight."),
  Settings,
  wrong: ({ points, criteria }) =>
    wrongNumber(t("Numbers from 1 to"), points, LIMITS.points) ||
    (criteria.some(isNameless) ? t("Every criterion needs a question.") : "") ||
    criteria.map(({ weight }) => wrongNumber(t("Weight beside the others"), weight, WEIGHTS)).find(Boolean) ||
    tooLong(
      criteria.flatMap(({ low, high }) => [low, high]),
      criteria.map(({ name }) => name),
    ),
  finished: (rules) => ({
    ...rules,
    criteria: rules.criteria.map(({ name, low, high, weight }) => ({
      name: finishedWords(name, DEFAULT_RULES.criteria.criteria[0]?.name ?? empty()),
      low: finishedWords(low, newCriterion().low),
      high: finishedWords(high, newCriterion().high),
      weight,
    })),
  }),
  again,
  first: () => t("the weighted mean, every person once"),
  published: ({ heads, of, told, means, share, balanced }, round, equal): Behind => ({
    heads,
    of,
    told: besides(
      round,
      means.map(({ mean }) => mean),
      told["seen"] ?? of,
      of,
    ),
    figure: percent((equal ? balanced : null) ?? share),
  }),
  live: (counts, round) => {
    if (counts === null) return noneBehind();
    const rules = criteriaRules(round);
    const { seen, of, means } = readLive(counts, rules.criteria.length);
    const score = weighted(rules, means);
    return { heads: 0, of, told: besides(round, means, seen, of), figure: percent(score), score };
  },
};
