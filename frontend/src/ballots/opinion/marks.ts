import { DEFAULT_RULES, type AnyRules, type OpinionRules, type RoundDoc } from "../../lib/wire.gen";
import { t, text, tn } from "../../messages";
import { rulesOf, type Value } from "../ballot";
import type { BallotMarks } from "../marks";

export const AGREE = 1;
export const PASS = 0;
export const DISAGREE = -1;
export type Opinion = typeof AGREE | typeof PASS | typeof DISAGREE;

/** As they stand under the thumb: the two that oppose each other side by side, what is neither under them. */
export const ANSWERS: readonly Opinion[] = [AGREE, DISAGREE, PASS];

export const opinionRules = (round: RoundDoc | undefined, asked?: AnyRules): OpinionRules =>
  rulesOf("opinion", round, asked) ?? DEFAULT_RULES.opinion;

/** The words of an answer, as the facilitator set them. */
export const answerWords = ({ agree, skip, disagree }: OpinionRules, answer: Opinion): string =>
  text({ [AGREE]: agree, [PASS]: skip, [DISAGREE]: disagree }[answer]);

/** A mark as an answer; null: none. */
export const opinionOf = (value: Value | undefined): Opinion | null =>
  value === AGREE || value === PASS || value === DISAGREE ? value : null;

export const marks: BallotMarks = {
  isGiven: (value) => opinionOf(value) !== null,
  say: (value, round) => {
    const answer = opinionOf(value);
    return answer === null ? t("no answer") : answerWords(opinionRules(round), answer);
  },
  returned: (values) =>
    tn(
      "A card was taken out of the vote again. Your answer to it no longer counts.",
      "{n} cards were taken out of the vote again. Your answers to them no longer count.",
      values.length,
    ),
};
