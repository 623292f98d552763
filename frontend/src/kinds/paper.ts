import { t } from "../messages";

/** Before the result of a vote is shown. */
export const askPaperOfVote = (): string =>
  t("Still ballots on paper? Type them in first. After the reveal they join only when enough of them come together.");
