import { t } from "../../messages";
import type { PhoneBallot } from "../phone";
import Input from "./input.svelte";
import Own from "./own.svelte";
import Result from "./result.svelte";

export const phone: PhoneBallot = {
  Input,
  isPromptSmall: true,
  Own,
  ownTitle: (step) => (step === null ? t("Your comparisons") : t("Comparisons: {step}", { step })),
  Result,
};
