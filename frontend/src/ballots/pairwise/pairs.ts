/** The pairs of one person: pure, so that they can be tried without a screen. */
import type { OwnMark } from "../../lib/own";
import type { ItemDoc, MarkGiven, PairwiseRules } from "../../lib/wire.gen";
import type { Value } from "../ballot";
import { designPairs } from "./design";
import { OPPOSITE, slotsOf, type Outcome } from "./marks";

export interface Pair {
  /** The ids of its items. */
  readonly id: string;
  readonly upper: ItemDoc;
  readonly lower: ItemDoc;
  /** How the upper one came out of it, once it was compared. */
  readonly outcome: Outcome | null;
}

type Marks = ReadonlyMap<string, OwnMark>;

interface Compared {
  readonly number: number;
  readonly outcomes: ReadonlyMap<string, Outcome>;
}

const nameOf = (one: string, other: string): string => [one, other].sort().join(" ");

/** What was compared, by the ids of the two items. A number that only one item holds is half on its way: not yet. */
function comparedIn(marks: Marks): Map<string, Compared> {
  const held = new Map<number, Map<string, Outcome>>();
  for (const [item, { value }] of marks) {
    for (const slot of slotsOf(value, Array.isArray(value) ? value.length : 1)) {
      if (slot === null) continue;
      const number = Math.floor(slot / 10);
      const outcomes = held.get(number) ?? new Map<string, Outcome>();
      held.set(number, outcomes.set(item, (slot % 10) as Outcome));
    }
  }
  const whole = [...held].filter(([, outcomes]) => outcomes.size === 2);
  return new Map(
    whole.map(([number, outcomes]) => {
      const [one = "", other = ""] = outcomes.keys();
      return [nameOf(one, other), { number, outcomes }];
    }),
  );
}

/** All pairs that this person gets, in their order: those of the design of their own order of the items, as far as there are
 *  slots and nothing of them is hidden; what was compared stays, also when the design is another one since. */
export function pairsOf(items: readonly ItemDoc[], marks: Marks, rules: PairwiseRules): Pair[] {
  const compared = comparedIn(marks);
  const used = new Map<string, number>();
  for (const { outcomes } of compared.values())
    for (const item of outcomes.keys()) used.set(item, (used.get(item) ?? 0) + 1);
  const each = rules.each ?? 1;
  const isFull = ({ id }: ItemDoc): boolean => (used.get(id) ?? 0) >= each;
  let open = rules.pairs - compared.size;
  const pairs: Pair[] = [];
  const add = (upper: ItemDoc, lower: ItemDoc, outcome: Outcome | null): void => {
    if (!upper.hidden && !lower.hidden) pairs.push({ id: nameOf(upper.id, lower.id), upper, lower, outcome });
  };
  const left = new Set(compared.keys());
  for (const [one, other] of designPairs(items.length)) {
    if (open <= 0 && left.size === 0) break;
    const [upper, lower] = [items[one], items[other]];
    if (!upper || !lower) continue;
    const id = nameOf(upper.id, lower.id);
    const known = compared.get(id);
    if (known) {
      left.delete(id);
      add(upper, lower, known.outcomes.get(upper.id) ?? null);
    } else if (open > 0 && !isFull(upper) && !isFull(lower) && !upper.hidden && !lower.hidden) {
      open -= 1;
      for (const { id: item } of [upper, lower]) used.set(item, (used.get(item) ?? 0) + 1);
      add(upper, lower, null);
    }
  }
  return pairs;
}

/** Both marks of a comparison, as they are cast. */
export function castPair(pair: Pair, outcome: Outcome, marks: Marks, rules: PairwiseRules): MarkGiven[] {
  const compared = comparedIn(marks);
  const taken = new Set([...compared.values()].map(({ number }) => number));
  let number = compared.get(pair.id)?.number ?? 1;
  if (!compared.has(pair.id)) while (taken.has(number)) number += 1;
  const put = (item: ItemDoc, how: Outcome): MarkGiven => {
    const slots = slotsOf(marks.get(item.id)?.value, rules.each ?? 1);
    const held = slots.findIndex((slot) => slot !== null && Math.floor(slot / 10) === number);
    slots[held >= 0 ? held : slots.indexOf(null)] = number * 10 + how;
    const value: Value = slots.length === 1 ? (slots[0] ?? null) : slots;
    return { item: item.id, value };
  };
  return [put(pair.upper, outcome), put(pair.lower, OPPOSITE[outcome])];
}
