/** Where an item lies by its means, every O the same weight. */
import type { MatrixRules, ResultItemDoc } from "../../lib/wire.gen";
import { pointAt } from "../field/plan";
import type { Spot } from "../field/spots";
import { boundsOf } from "../graded/numbers";

/** The mean by one criterion. */
export const meanOf = ({ means }: ResultItemDoc, criterion: number, rules: MatrixRules): number =>
  means[criterion]?.balanced ?? means[criterion]?.mean ?? boundsOf(rules)[0];

export function pointOf(across: number, up: number, rules: MatrixRules): Spot {
  const [low, high] = boundsOf(rules);
  const part = (value: number): number => (value - low) / (high - low);
  return pointAt(part(across), part(up));
}

export const itemPoint = (item: ResultItemDoc, rules: MatrixRules): Spot =>
  pointOf(meanOf(item, 0, rules), meanOf(item, 1, rules), rules);
