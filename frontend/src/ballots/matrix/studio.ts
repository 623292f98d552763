import type { AnyRules } from "../../lib/wire.gen";
import { t, tenths, text } from "../../messages";
import { totalOf } from "../graded/stage";
import type { StudioBallot } from "../studio";
import { matrixRules } from "./marks";

export const studio: StudioBallot = {
  perGroup: () => t("Mean of both questions together, as a part of the scale, of each O, of who placed it."),
  ofPeople: () => t("Mean of both questions together, as a part of the scale, of who placed it."),
  total: totalOf,
  besides: (_told, rules: AnyRules, { means }) => {
    const { across, up } = matrixRules(undefined, rules);
    return [across, up].map(({ name }, at) => `${text(name)} ${tenths(means[at]?.mean ?? 0)}`).join(" · ");
  },
};
