import { DEFAULT_RULES, type AnyRules, type MatrixRules, type RoundDoc } from "../../lib/wire.gen";
import { t, text, tn } from "../../messages";
import { rulesOf, type Value } from "../ballot";
import { boundsOf, numbersOf, sayNumber } from "../graded/numbers";
import type { BallotMarks } from "../marks";

export interface Place {
  readonly across: number;
  readonly up: number;
}

export const matrixRules = (round: RoundDoc | undefined, asked?: AnyRules): MatrixRules =>
  rulesOf("matrix", round, asked) ?? DEFAULT_RULES.matrix;

/** A mark as a place; null: none. */
export function placeOf(value: Value | undefined): Place | null {
  const [across, up] = numbersOf(value, 2);
  return across == null || up == null ? null : { across, up };
}

export const markOf = ({ across, up }: Place): Value => [across, up];

export const marks: BallotMarks = {
  isGiven: (value) => placeOf(value) !== null,
  say: (value, round) => {
    const rules = matrixRules(round);
    const place = placeOf(value);
    if (!place) return t("no answer");
    const bounds = boundsOf(rules);
    return [
      `${text(rules.across.name)} ${sayNumber(place.across, bounds)}`,
      `${text(rules.up.name)} ${sayNumber(place.up, bounds)}`,
    ].join(", ");
  },
  returned: (values) =>
    tn(
      "A card was taken out of the vote again. Your answer to it no longer counts.",
      "{n} cards were taken out of the vote again. Your answers to them no longer count.",
      values.length,
    ),
};
