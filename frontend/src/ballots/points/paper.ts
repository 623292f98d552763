import type { PointsRules } from "../../lib/wire.gen";
import { number, t } from "../../messages";
import type { PaperBallot } from "../paper";
import { sumOf } from "../sum";

export const paper: PaperBallot<PointsRules> = {
  how: ({ total, whole }) => [
    t("Points to divide: {n}. Write how many each gets.", { n: number(total) }),
    whole ? t("Give all of them.") : t("You may keep some points."),
  ],
  fields: ({ total }) => [{ kind: "number", name: t("points"), low: 0, high: total }],
  used: (given, { total }) => t("{n} of {all}", { n: number(sumOf(given)), all: number(total) }),
};
