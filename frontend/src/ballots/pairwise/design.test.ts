import { readFileSync } from "node:fs";

import { describe, expect, it } from "vitest";

import type { OwnMark } from "../../lib/own";
import { anItem } from "../../lib/fixtures";
import { orderItems } from "../../lib/order";
import type { PairwiseRules } from "../../lib/wire.gen";
import { designPairs, type Places } from "./design";
import { EQUAL, LOST, SKIPPED, WON } from "./marks";
import { castPair, pairsOf, type Pair } from "./pairs";

const file = new URL("../../../../tests/kinds/pair_designs.json", import.meta.url);
const golden = JSON.parse(readFileSync(file, "utf8")) as {
  designs: { n: number; pairs: [number, number][] }[];
  people: { seed: number; items: string[]; pairs: [string, string][] }[];
};
const RULES: PairwiseRules = { ballot: "pairwise", pairs: 15, each: 5 };

function first(n: number, count: number): Places[] {
  const found: Places[] = [];
  for (const pair of designPairs(n)) {
    if (found.length === count) break;
    found.push(pair);
  }
  return found;
}

const seen = (pairs: readonly Pair[]): [string, string][] => pairs.map(({ upper, lower }) => [upper.id, lower.id]);

describe("the design of pairs", () => {
  it.each(golden.designs)("is the server's: $n items", ({ n, pairs }) => {
    expect(first(n, 30)).toEqual(pairs);
  });

  it.each(golden.people)("gives a person the server's pairs: seed $seed", ({ seed, items, pairs }) => {
    const docs = orderItems(
      seed,
      items.map((id) => anItem(id)),
    );
    expect(seen(pairsOf(docs, new Map(), { ...RULES, each: 15 }))).toEqual(pairs);
    expect(seen(pairsOf(orderItems(seed, [...docs].reverse()), new Map(), { ...RULES, each: 15 }))).toEqual(pairs);
  });
});

const items = ["a", "b", "c", "d"].map((id) => anItem(id));
const rules: PairwiseRules = { ballot: "pairwise", pairs: 4, each: 2 };

/** Lets marks stand, as the server would. */
function letStand(
  marks: Map<string, OwnMark>,
  pair: Pair,
  outcome: typeof WON | typeof LOST | typeof EQUAL | typeof SKIPPED,
): void {
  for (const { item, value } of castPair(pair, outcome, marks, rules)) marks.set(item, { value, stored: true });
}

describe("a person's pairs", () => {
  it("are the same after a reconnect, whatever was answered, and each item has as many slots", () => {
    const marks = new Map<string, OwnMark>();
    const before = pairsOf(items, marks, rules);
    expect(before).toHaveLength(4);
    for (const outcome of [WON, LOST, EQUAL, SKIPPED] as const) {
      const next = pairsOf(items, marks, rules).find((pair) => pair.outcome === null);
      if (next) letStand(marks, next, outcome);
      expect(seen(pairsOf(items, marks, rules))).toEqual(seen(before));
    }
    const after = pairsOf(items, marks, rules);
    expect(after.map(({ outcome }) => outcome)).toEqual([WON, LOST, EQUAL, SKIPPED]);
    const numbers = [...marks.values()].flatMap(({ value }) => value as number[]).map((slot) => Math.floor(slot / 10));
    expect(numbers.sort()).toEqual([1, 1, 2, 2, 3, 3, 4, 4]);
  });

  it("keep their number when they are answered anew, and the other slot of an item as it was", () => {
    const marks = new Map<string, OwnMark>();
    for (const pair of pairsOf(items, marks, rules)) letStand(marks, pair, WON);
    const [pair] = pairsOf(items, marks, rules);
    if (!pair) throw new Error("no pair");
    const cast = castPair(pair, LOST, marks, rules);
    const changed = cast.map(({ item, value }) => {
      const before = marks.get(item)?.value as number[];
      return (value as number[]).filter((slot, at) => slot !== before[at]).length;
    });
    expect(changed).toEqual([1, 1]);
    expect((cast[0]?.value as number[])[0]).toBe(10);
  });

  it("go on without an item that was hidden, and keep what was compared when one comes in", () => {
    const marks = new Map<string, OwnMark>();
    const [pair] = pairsOf(items, marks, rules);
    if (!pair) throw new Error("no pair");
    letStand(marks, pair, WON);
    const hidden = items.map((item) => (item.id === pair.lower.id ? { ...item, hidden: true } : item));
    expect(pairsOf(hidden, marks, rules).every(({ upper, lower }) => !upper.hidden && !lower.hidden)).toBe(true);
    const more = pairsOf([...items, anItem("e")], marks, rules);
    expect(more).toHaveLength(4);
    expect(more.filter(({ outcome }) => outcome !== null).map(({ id }) => id)).toEqual([pair.id]);
  });

  it("are none of one item", () => {
    expect(pairsOf(items.slice(0, 1), new Map(), rules)).toEqual([]);
  });
});
