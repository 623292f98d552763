import type { StepDoc } from "../lib/wire.gen";
import { t } from "../messages";

/** Before the result of a vote is shown. */
export const askPaperOfVote = ({ state }: StepDoc): string =>
  state === "closed"
    ? t(
        "Still votes on paper? Open the vote again first and enter them on a phone you lend: after the reveal they do not count here.",
      )
    : t("Still votes on paper? Enter them on a phone you lend: after the reveal they do not count here.");
