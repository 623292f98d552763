import type { AnyRules } from "../../lib/wire.gen";
import { t, tenths, text } from "../../messages";
import { partlyWords } from "../graded/numbers";
import { totalOf } from "../graded/stage";
import type { StudioBallot } from "../studio";
import { criteriaRules } from "./marks";

export const studio: StudioBallot = {
  perGroup: () => t("Weighted mean of each O, as a part of the scale, of who gave every number."),
  ofPeople: () => t("Weighted mean of the people who gave every number, as a part of the scale."),
  total: totalOf,
  besides: (told, rules: AnyRules, { means, of }) =>
    [
      ...criteriaRules(undefined, rules).criteria.map(
        ({ name }, at) => `${text(name)} ${tenths(means[at]?.mean ?? 0)}`,
      ),
      partlyWords(told["seen"] ?? of, of),
    ]
      .filter(Boolean)
      .join(" · "),
};
