import { DEFAULT_RULES, type AnyRules, type ApproveRules, type RoundDoc } from "../../lib/wire.gen";
import { t, tn } from "../../messages";
import { rulesOf, type Value } from "../ballot";
import type { BallotMarks } from "../marks";

export const approveRules = (round: RoundDoc | undefined, asked?: AnyRules): ApproveRules =>
  rulesOf("approve", round, asked) ?? DEFAULT_RULES.approve;

export const isApproved = (value: Value | undefined): boolean => value === 1;

export const marks: BallotMarks = {
  isGiven: isApproved,
  say: (value) => (isApproved(value) ? t("chosen") : t("not chosen")),
  returned: (values) =>
    tn(
      "A card was taken out of the vote again. Your choice of it no longer counts.",
      "{n} cards were taken out of the vote again. Your choices of them no longer count.",
      values.length,
    ),
};
