import type { RoundDoc } from "../../lib/wire.gen";
import { number, percent, t, tn } from "../../messages";
import type { Counted, StageBallot } from "../stage";
import Division from "./Division.svelte";
import { AGREE, answerWords, DISAGREE, opinionRules, PASS } from "./marks";

const counted = (round: RoundDoc, agree: number, pass: number, disagree: number): Counted => {
  const rules = opinionRules(round);
  const of = agree + pass + disagree;
  return {
    drawn:
      of === 0
        ? []
        : [
            { as: "solid", n: agree, words: answerWords(rules, AGREE) },
            { as: "stroke", n: pass, words: answerWords(rules, PASS) },
            { as: "open", n: disagree, words: answerWords(rules, DISAGREE) },
          ],
    figure: of === 0 ? "–" : percent(agree / of),
    unit: "",
    under: of === 0 ? "" : t("{n} of {all}", { n: number(agree), all: number(of) }),
  };
};

const reading = (round: RoundDoc): string => {
  const rules = opinionRules(round);
  const words = {
    agree: answerWords(rules, AGREE),
    pass: answerWords(rules, PASS),
    disagree: answerWords(rules, DISAGREE),
  };
  return t("Solid: {agree}. Stroke: {pass}. Open: {disagree}. Of who answered.", words);
};

export const stage: StageBallot = {
  reading,
  rule: (step, round) => {
    const rules = opinionRules(round, step.settings.rules);
    const words = {
      agree: answerWords(rules, AGREE),
      disagree: answerWords(rules, DISAGREE),
      pass: answerWords(rules, PASS),
    };
    return `${t("Answer each: {agree}, {disagree}, or {pass}", words)}.`;
  },
  notes: (round) => {
    const agree = answerWords(opinionRules(round), AGREE);
    return {
      heads: reading(round),
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
  published: ({ told }, round) => counted(round, told["agree"] ?? 0, told["pass"] ?? 0, told["disagree"] ?? 0),
  live: (counts, round) => counted(round, counts?.[0] ?? 0, counts?.[1] ?? 0, counts?.[2] ?? 0),
  awaited: (threshold) =>
    tn(
      "Answers show here once {n} person has answered an item",
      "Answers show here once {n} people have answered an item",
      threshold,
    ),
  Own: Division,
};
