import type { RoundDoc } from "../../lib/wire.gen";
import { number, t, text, tn } from "../../messages";
import { readLive } from "../graded/numbers";
import { awaited, totalOf } from "../graded/stage";
import type { Counted, StageBallot } from "../stage";
import { matrixRules } from "./marks";
import Means from "./Means.svelte";
import { meansWords } from "./words";

const counted = (round: RoundDoc, means: readonly number[], of: number): Counted => ({
  drawn: [],
  words: of === 0 ? [] : meansWords(round, means),
  figure: of === 0 ? "–" : number(of),
  unit: "",
  under: of === 0 ? "" : tn("person", "people", of),
});

export const stage: StageBallot = {
  rule: (step, round) => {
    const { across, up } = matrixRules(round, step.settings.rules);
    return t("Give each a place: {across} {up}", { across: text(across.name), up: text(up.name) });
  },
  notes: () => ({
    heads: t("The mean of both questions."),
    four: "",
    those: "",
    apart: "",
    change: "",
  }),
  total: totalOf,
  published: ({ of, means }, round) =>
    counted(
      round,
      means.map(({ mean }) => mean),
      of,
    ),
  live: (counts, round) => {
    const { of, means } = readLive(counts, 2);
    return counted(round, means, of);
  },
  awaited,
  Own: Means,
};
