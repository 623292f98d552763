import type { DotsRules } from "../../lib/wire.gen";
import { number, t, tn } from "../../messages";
import type { PaperBallot } from "../paper";
import { sumOf } from "../sum";

export const paper: PaperBallot<DotsRules> = {
  how: ({ budget, most }) => [
    budget === null
      ? t("You are told how many dots you have. Give them to what matters most to you.")
      : tn(
          "You have {n} dot. Give it to what matters most to you.",
          "You have {n} dots. Give them to what matters most to you.",
          budget,
        ),
    most === 1
      ? t("Put a cross at each that gets a dot.")
      : t("Write how many dots it gets, at most {n}.", { n: number(most) }),
  ],
  fields: ({ most }) =>
    most === 1 ? [{ kind: "tick", name: t("dot") }] : [{ kind: "number", name: t("dots"), low: 0, high: most }],
  used: (given, { budget }) => t("{n} of {all}", { n: number(sumOf(given)), all: number(budget ?? 0) }),
};
