import type { MatrixRules } from "../../lib/wire.gen";
import { t, text } from "../../messages";
import { boundsOf } from "../graded/numbers";
import { askedWords, gradeField } from "../graded/paper";
import type { PaperBallot } from "../paper";

export const paper: PaperBallot<MatrixRules> = {
  how: (rules) => [
    t("Put a cross at one number for each question."),
    ...[rules.across, rules.up].map((each) => askedWords(boundsOf(rules), each)),
  ],
  fields: (rules) => [rules.across, rules.up].map(({ name }) => gradeField(text(name), boundsOf(rules), false)),
};
