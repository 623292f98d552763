import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { closedLast } from "./closed-last";
import { ClosingTeller, leftOf } from "./closing";
import type { OutboxEntry } from "./entry";
import { aPerson, aSnapshot, aStep } from "./fixtures";

const closed = aStep("two", { state: "closed", closed_at: 200, round: "r", kind: "vote" });
const steps = [
  aStep("one", { state: "closed", closed_at: 100 }),
  closed,
  aStep("three", { kind: "break", state: "closed", closed_at: 300 }),
];
const entry = (content: object, command = "vote.cast"): OutboxEntry =>
  ({ do: command, with: content }) as unknown as OutboxEntry;

test("the step for answers that was closed last", () => {
  expect(closedLast(steps)?.id).toBe("two");
  expect(closedLast([{ ...closed, state: "open", closed_at: null }])).toBeNull();
});

test("what is left of it: its votes, its cards, and what cannot be told", () => {
  const you = aPerson({
    cards: [
      {
        id: "c",
        step: "one",
        pillar: "p",
        aspect: "both",
        text: "",
        language: "nl",
        hidden: false,
        fixed: false,
        at: 0,
        reason: null,
      },
    ],
  });
  const waiting = [
    entry({ round: "r", item: "i", value: 1, tap: 1 }),
    entry({ round: "other", item: "i", value: 1, tap: 2 }),
    entry({ step: "one", text: "a" }, "card.write"),
    entry({ card: "c", text: "b" }, "card.edit"),
    entry({ card: "@key", text: "b" }, "card.edit"),
    entry({ sector: "s" }, "sector.change"),
  ];
  const snapshot = aSnapshot({ steps });
  const session = { ...snapshot.session, closed: { step: "two", round: "r", at: 200 } };
  expect(leftOf({ ...snapshot, session }, you, waiting)).toEqual({ step: "two", at: 200, held: 2 });
  expect(leftOf(snapshot, you, waiting)).toBeNull();
  // As a page of before protocol 2 kept it.
  const { closed: _, ...before } = session;
  expect(leftOf({ ...snapshot, session: before as typeof session }, you, waiting)).toBeNull();
});

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test("is told soon after the closing, and at once when nothing is left", () => {
  const tell = vi.fn();
  const teller = new ClosingTeller(tell, () => 5);
  const left = (held: number) => ({ step: "two", at: 200, held });
  teller.look(null, 150);
  teller.look(left(1), 210);
  vi.advanceTimersByTime(500);
  expect(tell).toHaveBeenCalledTimes(1);
  teller.look(left(1), 900);
  expect(tell).toHaveBeenCalledTimes(1);
  teller.look(left(0), 950);
  teller.look(left(0), 960);
  expect(tell).toHaveBeenCalledTimes(2);
  // Another connection hears it again, unless it is long ago: the ping in turn is enough then.
  teller.forget();
  teller.look(left(0), 1000);
  vi.advanceTimersByTime(500);
  expect(tell).toHaveBeenCalledTimes(3);
  teller.forget();
  teller.look(left(0), 500_000);
  vi.advanceTimersByTime(500);
  expect(tell).toHaveBeenCalledTimes(3);
});
