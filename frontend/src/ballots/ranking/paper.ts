import type { RankingRules } from "../../lib/wire.gen";
import { number, t, tn } from "../../messages";
import type { PaperBallot } from "../paper";

export const paper: PaperBallot<RankingRules> = {
  how: ({ places }) => [
    tn("Write 1 at what matters most to you.", "Write 1 at what matters most to you, then 2, as far as {n}.", places),
  ],
  fields: ({ places }) => [{ kind: "number", name: t("place"), low: 1, high: places }],
  used: (given, { places }) => t("{n} of {all} places", { n: number(Object.keys(given).length), all: number(places) }),
};
