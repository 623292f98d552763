import type { RatingRules } from "../../lib/wire.gen";
import { t } from "../../messages";
import { boundsOf } from "../graded/numbers";
import { gradeField } from "../graded/paper";
import type { PaperBallot } from "../paper";

export const paper: PaperBallot<RatingRules> = {
  fields: (rules) => [gradeField(t("number"), boundsOf(rules), rules.unsure)],
};
