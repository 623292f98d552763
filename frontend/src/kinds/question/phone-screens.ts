import { t, tn } from "../../messages";
import type { PhoneScreens } from "../phone-kind";
import Open from "./Open.svelte";
import Outcome from "./Outcome.svelte";
import Own from "./Own.svelte";

export const screens: PhoneScreens = {
  Open,
  Own,
  Outcome,
  outcomeWords: (_, { summary }) =>
    summary?.people == null
      ? t("Too few people answered to show what they said.")
      : tn("{n} person answered.", "{n} people answered.", summary.people),
};
