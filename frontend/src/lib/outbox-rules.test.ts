import { expect, it } from "vitest";

import type { OutboxEntry } from "./entry";
import { isReplaced } from "./outbox-rules";

const vote = (item: string, more: object = {}): OutboxEntry =>
  ({ do: "vote.cast", key: item, place: 1, at: 0, with: { round: "r", item, value: 1, tap: 1, ...more } }) as never;

it("a vote replaces the one before on the same item, and none that holds marks of other items", () => {
  expect(isReplaced(vote("a"), vote("a"))).toBe(true);
  expect(isReplaced(vote("a"), vote("b"))).toBe(false);
  expect(isReplaced(vote("a", { marks: [{ item: "b", value: 1 }] }), vote("a"))).toBe(false);
  expect(isReplaced(vote("a"), vote("a", { marks: [{ item: "b", value: 1 }] }))).toBe(true);
});

it("marks that belong together replace those before when they name all of their items, in whatever order", () => {
  const order = vote("a", { marks: [{ item: "b", value: 2 }] });
  expect(isReplaced(order, vote("b", { marks: [{ item: "a", value: 2 }] }))).toBe(true);
  expect(isReplaced(order, vote("c", { marks: [{ item: "a", value: 2 }] }))).toBe(false);
  expect(isReplaced(vote("b"), order)).toBe(true);
  expect(isReplaced(order, vote("b", { round: "q", marks: [{ item: "a", value: 2 }] }))).toBe(false);
});
