import type { RatingRules } from "../../lib/wire.gen";
import { t } from "../../messages";
import { boundsOf } from "../graded/numbers";
import { endsWords, gradeField } from "../graded/paper";
import type { PaperBallot } from "../paper";

export const paper: PaperBallot<RatingRules> = {
  how: (rules) => [t("Put a cross at one number on each line."), endsWords(boundsOf(rules), rules)],
  fields: (rules) => [gradeField(t("number"), boundsOf(rules), rules.unsure)],
};
