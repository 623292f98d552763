import type { ScaleRules } from "../../lib/wire.gen";
import { t } from "../../messages";
import { boundsOf } from "../graded/numbers";
import { gradeField } from "../graded/paper";
import type { PaperBallot } from "../paper";

export const paper: PaperBallot<ScaleRules> = {
  fields: (rules) => [gradeField(t("number"), boundsOf(rules), rules.unsure)],
};
