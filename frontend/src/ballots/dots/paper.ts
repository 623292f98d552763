import type { DotsRules } from "../../lib/wire.gen";
import { number, t } from "../../messages";
import type { PaperBallot } from "../paper";
import { sumOf } from "../sum";

export const paper: PaperBallot<DotsRules> = {
  fields: ({ most }) =>
    most === 1 ? [{ kind: "tick", name: t("dot") }] : [{ kind: "number", name: t("dots"), low: 0, high: most }],
  used: (given, { budget }) => t("{n} of {all}", { n: number(sumOf(given)), all: number(budget ?? 0) }),
};
