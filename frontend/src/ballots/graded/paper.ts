/** Of ballots in which people give whole numbers: a list for each question, as short as the scale. */
import { number, t } from "../../messages";
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
