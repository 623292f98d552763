import type { ChoiceRules } from "../../lib/wire.gen";
import { number, t } from "../../messages";
import type { PaperBallot } from "../paper";
import { crossesWords } from "../crosses";
import { sumOf } from "../sum";

export const paper: PaperBallot<ChoiceRules> = {
  how: ({ most }) => [crossesWords(most)],
  fields: () => [{ kind: "tick", name: t("chosen") }],
  used: (given, { most }) => t("{n} of {all} chosen", { n: number(sumOf(given)), all: number(most) }),
};
