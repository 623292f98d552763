import type { MatrixRules } from "../../lib/wire.gen";
import { text } from "../../messages";
import { boundsOf } from "../graded/numbers";
import { gradeField } from "../graded/paper";
import type { PaperBallot } from "../paper";

export const paper: PaperBallot<MatrixRules> = {
  fields: (rules) => [rules.across, rules.up].map(({ name }) => gradeField(text(name), boundsOf(rules), false)),
};
