import type { StepDoc } from "../../lib/wire.gen";
import { t, tn } from "../../messages";
import type { PhoneScreens } from "../phone-kind";
import { resultWords } from "../result-words";
import { isVote } from "./mode";
import Open from "./Open.svelte";
import Outcome from "./Outcome.svelte";
import Own from "./Own.svelte";

export const screens: PhoneScreens = {
  Open,
  Own,
  Outcome,
  outcomeWords: (phone, step) => (isVote(step) ? resultWords(phone, step) : saidWords(step)),
};

const saidWords = ({ summary }: StepDoc): string =>
  summary?.people == null
    ? t("Too few people answered to show what they said.")
    : tn("{n} person answered.", "{n} people answered.", summary.people);
