/** What the results page says of ballots in which every item gets one number. */
import type { AnyRules, MeanDoc } from "../../lib/wire.gen";
import { number, t, tenths } from "../../messages";
import type { StudioBallot } from "../studio";
import { meanOf, seenWords, valuesOf, type Bounds } from "./numbers";
import { totalOf } from "./stage";

/** How many people gave each number, in words. */
export const histogramWords = ({ histogram }: MeanDoc, bounds: Bounds): string =>
  valuesOf(bounds)
    .map((value, place) => `${number(value)}: ${number(histogram[place] ?? 0)}`)
    .join(" · ");

export const studioOfNumbers = (bounds: (rules: AnyRules) => Bounds): StudioBallot => ({
  perGroup: () => t("Mean of each O, as a part of the scale, of who gave a number."),
  ofPeople: () => t("Mean of the people who gave a number, as a part of the scale."),
  total: totalOf,
  besides: (told, rules, { means, of }) =>
    [
      t("mean {mean} of {n}", { mean: tenths(meanOf(means)), n: number(bounds(rules)[1]) }),
      ...means.map((mean) => histogramWords(mean, bounds(rules))),
      seenWords(told["seen"] ?? of, of),
    ]
      .filter(Boolean)
      .join(" · "),
});
