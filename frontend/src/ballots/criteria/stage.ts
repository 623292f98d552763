import type { RoundDoc } from "../../lib/wire.gen";
import { number, percent, t, tenths, text } from "../../messages";
import { awaited, behind, totalOf } from "../graded/stage";
import { partlyWords, readLive } from "../graded/numbers";
import type { Counted, StageBallot } from "../stage";
import { criteriaRules, weighted } from "./marks";

/** The weighted mean as a part of the scale, and the mean by each criterion in words. */
function counted(round: RoundDoc, means: readonly number[], of: number, seen: number): Counted {
  const rules = criteriaRules(round);
  return {
    drawn: [],
    words: of === 0 ? [] : rules.criteria.map(({ name }, at) => `${text(name)} ${tenths(means[at] ?? 0)}`),
    figure: of === 0 ? "–" : percent(weighted(rules, means)),
    unit: "",
    under: of === 0 ? "" : behind(of, partlyWords(seen, of)),
  };
}

export const stage: StageBallot = {
  rule: (step, round) => {
    const rules = criteriaRules(round, step.settings.rules);
    const names = rules.criteria.map(({ name }) => text(name)).join("; ");
    return t("Give each a number from 1 to {n}, for: {names}.", { n: number(rules.points), names });
  },
  notes: () => ({
    heads: t("The weighted mean, as a part of the scale; beside it the mean by each criterion."),
    four: t("The weighted mean, averaged over the four."),
    those: t("The weighted mean, averaged over the O’s that voted."),
    apart: t("The weighted mean of each group, the widest difference first."),
    change: t("The weighted mean, in both rounds as they were shown."),
  }),
  total: totalOf,
  published: ({ of, told, means }, round) =>
    counted(
      round,
      means.map(({ mean }) => mean),
      of,
      told["seen"] ?? of,
    ),
  live: (counts, round) => {
    const { seen, of, means } = readLive(counts, criteriaRules(round).criteria.length);
    return counted(round, means, of, seen);
  },
  awaited,
};
