import type { OpinionRules } from "../../lib/wire.gen";
import { t } from "../../messages";
import type { PaperBallot } from "../paper";
import { ANSWERS, answerWords } from "./marks";

export const paper: PaperBallot<OpinionRules> = {
  how: () => [t("Put a cross at one answer on each line.")],
  fields: (rules) => [
    {
      kind: "pick",
      name: t("answer"),
      answers: ANSWERS.map((value) => ({ value, name: answerWords(rules, value) })),
    },
  ],
};
