import type { StepDoc } from "../lib/wire.gen";
import { t } from "../messages";
import type { Phone } from "../phone/phone.svelte";

/** Above the outcome of a vote. */
export const resultWords = (phone: Phone, step: StepDoc): string =>
  phone.resultOf(phone.roundOf(step)) ? "" : t("Look at the big screen.");
