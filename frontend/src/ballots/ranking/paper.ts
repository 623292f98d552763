import type { RankingRules } from "../../lib/wire.gen";
import { number, t } from "../../messages";
import type { PaperBallot } from "../paper";

export const paper: PaperBallot<RankingRules> = {
  fields: ({ places }) => [{ kind: "number", name: t("place"), low: 1, high: places }],
  used: (given, { places }) => t("{n} of {all} places", { n: number(Object.keys(given).length), all: number(places) }),
};
