/** What the results page says of ballots in which every item gets one number. */
import type { AnyRules, MeanDoc } from "../../lib/wire.gen";
import { number, t, tenths } from "../../messages";
import type { StudioBallot, StudioNumbers } from "../studio";
import { meanOf, unsureWords, valuesOf, type Bounds } from "./numbers";
import { totalOf } from "./stage";

/** How many people gave each number, in words. */
export const histogramWords = ({ histogram }: MeanDoc, bounds: Bounds): string =>
  valuesOf(bounds)
    .map((value, place) => `${number(value)}: ${number(histogram[place] ?? 0)}`)
    .join(" · ");

const said = (value: number | null | undefined): string => (value == null ? "–" : tenths(value));

/** The means by so many criteria, beside each other. */
export const numbersOf = (criteria: number): StudioNumbers => {
  const all = Array.from({ length: criteria }, (_, at) => at);
  return {
    whole: ({ means }, equal) =>
      all.map((at) => said((equal ? means[at]?.balanced : null) ?? means[at]?.mean)).join(" · "),
    group: ({ means }, group) => all.map((at) => said(means[at]?.groups[group])).join(" · "),
  };
};

export const studioOfNumbers = (bounds: (rules: AnyRules) => Bounds): StudioBallot => ({
  numbers: () => numbersOf(1),
  perGroup: () => t("Mean of each O, of who gave a number."),
  ofPeople: () => t("Mean of the people who gave a number."),
  total: totalOf,
  besides: (told, rules, { means, of }) =>
    [
      t("mean {mean} of {n}", { mean: tenths(meanOf(means)), n: number(bounds(rules)[1]) }),
      ...means.map((mean) => histogramWords(mean, bounds(rules))),
      unsureWords(told["seen"] ?? of, of),
    ]
      .filter(Boolean)
      .join(" · "),
});
