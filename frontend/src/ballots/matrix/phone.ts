import { t } from "../../messages";
import Own from "../graded/own.svelte";
import type { PhoneBallot } from "../phone";
import Input from "./input.svelte";
import Result from "./result.svelte";

export const phone: PhoneBallot = {
  Input,
  isPromptSmall: true,
  Own,
  ownTitle: (step) => (step === null ? t("Your answers") : t("Answers: {step}", { step })),
  Result,
};
