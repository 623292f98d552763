import type { CriteriaRules } from "../../lib/wire.gen";
import { t, text } from "../../messages";
import { boundsOf } from "../graded/numbers";
import { askedWords, gradeField } from "../graded/paper";
import type { PaperBallot } from "../paper";

export const paper: PaperBallot<CriteriaRules> = {
  how: (rules) => [
    t("Put a cross at one number for each question."),
    ...rules.criteria.map((each) => askedWords(boundsOf(rules), each)),
  ],
  fields: (rules) => rules.criteria.map(({ name }) => gradeField(text(name), boundsOf(rules), rules.unsure)),
};
