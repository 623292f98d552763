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
