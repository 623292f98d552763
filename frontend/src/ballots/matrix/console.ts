import { DEFAULT_RULES, RULE_LIMITS, type Criterion, type MatrixRules } from "../../lib/wire.gen";
import { t, tenths } from "../../messages";
import type { ConsoleBallot } from "../console";
import { again, finishedWords, noneBehind, tooLong } from "../graded/console";
import { readLive } from "../graded/numbers";
import { wrongNumber } from "../number";
import Settings from "./settings.svelte";
import { meansWords } from "./words";

export const LIMITS = RULE_LIMITS.matrix as Record<"points", [number, number]>;

const finished = ({ name, low, high }: Criterion, otherwise: Criterion): Criterion => ({
  name: finishedWords(name, otherwise.name),
  low: finishedWords(low, otherwise.low),
  high: finishedWords(high, otherwise.high),
});

const pair = (values: readonly (number | null | undefined)[]): string =>
  values.map((value) => (value == null ? "–" : tenths(value))).join(" · ");

export const desk: ConsoleBallot<MatrixRules> = {
  name: () => t("Matrix"),
  when: () =>
    t("To sort cards by two questions at once, such as effect and feasibility: each gets a place in a plane."),
  Settings,
  wrong: ({ points, across, up }) =>
    wrongNumber(t("Cells along each side"), points, LIMITS.points) ||
    tooLong([across.low, across.high, up.low, up.high], [across.name, up.name]),
  finished: (rules) => ({
    ...rules,
    across: finished(rules.across, DEFAULT_RULES.matrix.across),
    up: finished(rules.up, DEFAULT_RULES.matrix.up),
  }),
  again,
  first: () => t("the mean of both questions, every person once"),
  published: ({ heads, of, means, shares }, round, equal) => ({
    heads,
    of,
    told: meansWords(
      round,
      means.map(({ mean }) => mean),
    ).join(" · "),
    figure: pair(means.map(({ mean, balanced }) => (equal ? balanced : null) ?? mean)),
    parts: shares.map((_, group) => pair(means.map(({ groups }) => groups[group]))),
  }),
  live: (counts, round) => {
    if (counts === null) return noneBehind();
    const { of, means } = readLive(counts, 2);
    const score = means.reduce((sum, mean) => sum + mean, 0);
    return { heads: 0, of, told: meansWords(round, means).join(" · "), figure: pair(means), score };
  },
};
