import type { CriteriaRules } from "../../lib/wire.gen";
import { text } from "../../messages";
import { boundsOf } from "../graded/numbers";
import { gradeField } from "../graded/paper";
import type { PaperBallot } from "../paper";

export const paper: PaperBallot<CriteriaRules> = {
  fields: (rules) => rules.criteria.map(({ name }) => gradeField(text(name), boundsOf(rules), rules.unsure)),
};
