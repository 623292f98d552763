import type { AnyRules } from "../../lib/wire.gen";
import { t, tenths, text } from "../../messages";
import { numbersOf } from "../graded/studio";
import { totalOf } from "../graded/stage";
import type { StudioBallot } from "../studio";
import { matrixRules } from "./marks";

export const studio: StudioBallot = {
  numbers: () => numbersOf(2),
  unranked: true,
  perGroup: () => t("Mean of both questions, of each O, of who placed it."),
  ofPeople: () => t("Mean of both questions, of who placed it."),
  total: totalOf,
  besides: (_told, rules: AnyRules, { means }) => {
    const { across, up } = matrixRules(undefined, rules);
    return [across, up].map(({ name }, at) => `${text(name)} ${tenths(means[at]?.mean ?? 0)}`).join(" · ");
  },
};
