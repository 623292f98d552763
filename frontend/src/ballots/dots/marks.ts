import { tn } from "../../messages";
import type { Value } from "../ballot";
import type { BallotMarks } from "../marks";

/** A mark as dots: nothing, and what is no number, are none. */
export const dotsOf = (value: Value): number => (typeof value === "number" ? value : 0);

export const marks: BallotMarks = {
  isGiven: (value) => dotsOf(value) > 0,
  say: (value) => tn("{n} dot", "{n} dots", dotsOf(value)),
  returned: (values) =>
    tn(
      "A card was taken out of the vote again. Your dot on it is yours to place.",
      "A card was taken out of the vote again. Your {n} dots on it are yours to place.",
      values.reduce((sum: number, value) => sum + dotsOf(value), 0),
    ),
};
