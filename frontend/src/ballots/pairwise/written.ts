/** The pairs as they stand on a paper, line by line. Pure. */
import type { PairwiseRules } from "../../lib/wire.gen";
import type { Given } from "../paper";
import { OPPOSITE, type Outcome } from "./marks";

export interface Written {
  readonly one: string;
  readonly other: string;
  /** How the one came out of it; null: not said. */
  readonly outcome: Outcome | null;
}

export const EMPTY: Written = { one: "", other: "", outcome: null };

/** Both items of each whole line, under the line's number. */
export function marksOf(lines: readonly Written[], { each }: PairwiseRules): Given {
  const slots = new Map<string, number[]>();
  const put = (item: string, slot: number): unknown => slots.set(item, [...(slots.get(item) ?? []), slot]);
  lines.forEach(({ one, other, outcome }, line) => {
    if (!one || !other || outcome === null) return;
    const number = (line + 1) * 10;
    put(one, number + outcome);
    put(other, number + OPPOSITE[outcome]);
  });
  const room = each ?? 1;
  return Object.fromEntries(
    [...slots].map(([item, held]) => {
      const padded = [...held, ...Array<null>(Math.max(0, room - held.length)).fill(null)];
      return [item, padded.length === 1 ? (padded[0] ?? null) : padded];
    }),
  );
}
