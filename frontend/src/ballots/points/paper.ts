import type { PointsRules } from "../../lib/wire.gen";
import { number, t } from "../../messages";
import type { PaperBallot } from "../paper";
import { sumOf } from "../sum";

export const paper: PaperBallot<PointsRules> = {
  fields: ({ total }) => [{ kind: "number", name: t("points"), low: 0, high: total }],
  used: (given, { total }) => t("{n} of {all}", { n: number(sumOf(given)), all: number(total) }),
};
