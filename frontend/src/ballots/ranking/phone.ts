import { t } from "../../messages";
import type { PhoneBallot } from "../phone";
import Input from "./input.svelte";
import Own from "./own.svelte";
import Result from "./result.svelte";

export const phone: PhoneBallot = {
  Input,
  Own,
  ownTitle: (step) => (step === null ? t("Your order") : t("Order: {step}", { step })),
  Result,
};
