import { number, percent, t, tn } from "../../messages";
import type { Counted, StageBallot } from "../stage";
import { AGREE, answerWords, DISAGREE, opinionRules, PASS } from "./marks";

const counted = (agree: number, pass: number, disagree: number): Counted => {
  const of = agree + pass + disagree;
  return {
    drawn: [
      { as: "solid", n: agree },
      { as: "stroke", n: pass },
      { as: "open", n: disagree },
    ],
    figure: of === 0 ? "–" : percent(agree / of),
    unit: "",
    under: of === 0 ? "" : t("{n} of {all}", { n: number(agree), all: number(of) }),
  };
};

export const stage: StageBallot = {
  rule: (step, round) => {
    const rules = opinionRules(round, step.settings.rules);
    const words = { agree: answerWords(rules, AGREE), disagree: answerWords(rules, DISAGREE), pass: answerWords(rules, PASS) };
    return `${t("Answer each: {agree}, {disagree}, or {pass}", words)}.`;
  },
  notes: (round) => {
    const rules = opinionRules(round);
    const agree = answerWords(rules, AGREE);
    return {
      heads: t("Solid: {agree}. Stroke: {pass}. Open: {disagree}. Of who answered.", {
        agree,
        pass: answerWords(rules, PASS),
        disagree: answerWords(rules, DISAGREE),
      }),
      four: t("Share that says “{agree}”, averaged over the four.", { agree }),
      those: t("Share that says “{agree}”, averaged over the O’s that voted.", { agree }),
      apart: t("Share of each group that says “{agree}”, the widest difference first.", { agree }),
      change: t("Share that says “{agree}”, in both rounds as they were shown.", { agree }),
    };
  },
  total: (told) => {
    const answers = (told["agree"] ?? 0) + (told["pass"] ?? 0) + (told["disagree"] ?? 0);
    return tn("{n} answer", "{n} answers", answers);
  },
  published: ({ told }) => counted(told["agree"] ?? 0, told["pass"] ?? 0, told["disagree"] ?? 0),
  live: (counts) => counted(counts?.[0] ?? 0, counts?.[1] ?? 0, counts?.[2] ?? 0),
  awaited: (threshold) =>
    tn(
      "Answers show here once {n} person has answered an item",
      "Answers show here once {n} people have answered an item",
      threshold,
    ),
};
