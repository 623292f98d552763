/** Of ballots in which people give whole numbers: a list for each question, as short as the scale. */
import { number, t, text, type Localised } from "../../messages";
import type { PaperField } from "../paper";
import { UNSURE, valuesOf, type Bounds } from "./numbers";

export const gradeField = (name: string, bounds: Bounds, unsure: boolean): PaperField => ({
  kind: "pick",
  name,
  answers: [
    ...valuesOf(bounds).map((value) => ({ value, name: number(value) })),
    ...(unsure ? [{ value: UNSURE, name: t("don’t know") }] : []),
  ],
});

/** What the ends of a scale mean, on a printed form. */
export const endsWords = ([low, high]: Bounds, words: { readonly low: Localised; readonly high: Localised }): string =>
  t("{low} is {lowest}, {high} is {highest}.", {
    low: number(low),
    lowest: text(words.low),
    high: number(high),
    highest: text(words.high),
  });

/** The same behind the question that is answered by it. */
export const askedWords = (
  bounds: Bounds,
  asked: Parameters<typeof endsWords>[1] & { readonly name: Localised },
): string => `${text(asked.name)}${/[?!.:]$/.test(text(asked.name)) ? "" : ":"} ${endsWords(bounds, asked)}`;
