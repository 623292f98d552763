import type { ApproveRules } from "../../lib/wire.gen";
import { number, t } from "../../messages";
import type { PaperBallot } from "../paper";
import { crossesWords } from "../crosses";
import { sumOf } from "../sum";

export const paper: PaperBallot<ApproveRules> = {
  how: ({ most }) => [crossesWords(most)],
  fields: () => [{ kind: "tick", name: t("chosen") }],
  used: (given, { most }) =>
    most === null
      ? t("{n} chosen", { n: number(sumOf(given)) })
      : t("{n} of {all} chosen", { n: number(sumOf(given)), all: number(most) }),
};
