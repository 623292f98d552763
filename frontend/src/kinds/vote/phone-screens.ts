import { t } from "../../messages";
import type { PhoneScreens } from "../phone-kind";
import Outcome from "./Outcome.svelte";
import Own from "./Own.svelte";
import Vote from "./Vote.svelte";

export const screens: PhoneScreens = {
  Open: Vote,
  Own,
  Outcome,
  outcomeWords: (phone, step) => (phone.resultOf(phone.roundOf(step)) ? "" : t("Look at the big screen.")),
};
