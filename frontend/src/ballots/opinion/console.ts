import { DEFAULT_RULES, type OpinionRules, type RoundDoc } from "../../lib/wire.gen";
import { number, t } from "../../messages";
import type { Behind, ConsoleBallot } from "../console";
import { AGREE, answerWords, DISAGREE, opinionRules, PASS } from "./marks";
import Settings from "./settings.svelte";
import { MOST, WORDS } from "./words";

function behind(agree: number, pass: number, disagree: number, round: RoundDoc): Behind {
  const rules = opinionRules(round);
  const told = [
    `${number(agree)} ${answerWords(rules, AGREE)}`,
    `${number(pass)} ${answerWords(rules, PASS)}`,
    `${number(disagree)} ${answerWords(rules, DISAGREE)}`,
  ];
  return { heads: agree, of: agree + pass + disagree, told: told.join(" · ") };
}

export const desk: ConsoleBallot<OpinionRules> = {
  name: () => t("Agree or not"),
  when: () =>
    t("To hear of every card where people stand: each is answered by itself, and it shows where the O’s differ."),
  Settings,
  wrong: (rules) => {
    const words = WORDS.flatMap((name) => [rules[name].nl.trim(), rules[name].en.trim()]);
    return words.some((word) => word.length > MOST) ? t("An answer has at most {n} letters.", { n: MOST }) : "";
  },
  finished: (rules) => {
    const whole = { ...rules };
    for (const name of WORDS) {
      const { nl, en } = { nl: rules[name].nl.trim(), en: rules[name].en.trim() };
      // Who wrote one language gets it in both; who wrote none the words there were.
      whole[name] = nl || en ? { nl: nl || en, en: en || nl } : DEFAULT_RULES.opinion[name];
    }
    return whole;
  },
  again: (n) => t("In round {n} everybody answers anew, for the cards that are ticked here.", { n }),
  first: () => t("the answers, every person once"),
  published: ({ told }, round) => behind(told["agree"] ?? 0, told["pass"] ?? 0, told["disagree"] ?? 0, round),
  live: (counts, round) => {
    if (counts === null) return { heads: 0, of: 0, told: t("too few answers yet") };
    const [agree = 0, pass = 0, disagree = 0] = counts;
    return behind(agree, pass, disagree, round);
  },
};
