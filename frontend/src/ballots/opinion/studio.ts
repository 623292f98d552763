import type { AnyRules } from "../../lib/wire.gen";
import { number, t, tn } from "../../messages";
import type { StudioBallot } from "../studio";
import { AGREE, answerWords, DISAGREE, opinionRules, PASS, type Opinion } from "./marks";

const words = (rules: AnyRules, answer: Opinion): string => answerWords(opinionRules(undefined, rules), answer);

export const studio: StudioBallot = {
  perGroup: (rules) => t("Share of each O that says “{agree}”, of who answered it.", { agree: words(rules, AGREE) }),
  ofPeople: (rules) => t("Share of the people who say “{agree}”, of who answered it.", { agree: words(rules, AGREE) }),
  total: (told) => {
    const answers = (told["agree"] ?? 0) + (told["pass"] ?? 0) + (told["disagree"] ?? 0);
    return tn("{n} answer", "{n} answers", answers);
  },
  besides: (told, rules) =>
    [
      `${number(told["agree"] ?? 0)} ${words(rules, AGREE)}`,
      `${number(told["pass"] ?? 0)} ${words(rules, PASS)}`,
      `${number(told["disagree"] ?? 0)} ${words(rules, DISAGREE)}`,
    ].join(" · "),
};
