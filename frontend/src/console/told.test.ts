import { expect, test } from "vitest";

import { aResult, anItem, aRound, someFigures } from "../lib/fixtures";
import type { Picture } from "../lib/wire.gen";
import { pictureOf, resultStep, rowsOf } from "./results";
import { answered, askPaper, beforeReveal, confirmedWords, othersOf } from "./words";
import { doc, room, step } from "./rows.fixture";

test("a live round is told by its tally, a revealed one by its result and the places in it", () => {
  const round = aRound("r", { items: [anItem("i"), anItem("j"), anItem("k")] });
  const figures = (item: string, place: number, heads: number) => someFigures(item, { place, heads, balanced: 0.4 });
  const result = aResult("r", { items: [figures("k", 1, 1), figures("i", 1, 3), figures("j", 3, 2)] });
  const session = doc({ rounds: [round], results: [result], now: { tally: { r: { j: [5, 6] } } } });
  const told = (revealed: boolean) =>
    rowsOf(session, round, revealed, "equal").map(({ item, heads, place }) => [item, heads, place]);
  expect(told(false)).toEqual([
    ["j", 5, null],
    ["i", 0, null],
    ["k", 0, null],
  ]);
  expect(told(true)).toEqual([
    ["k", 1, 1],
    ["i", 3, 1],
    ["j", 2, 3],
  ]);
  const hidden = step("v", { kind: "vote", round: "r", opened_at: 1 });
  expect(resultStep([hidden], hidden)).toBeNull();
  expect(resultStep([{ ...hidden, settings: { live: true } }], { ...hidden, settings: { live: true } })?.id).toBe("v");
});

test("the rows of a result stand as in the picture on the projectors: heads first", () => {
  const round = aRound("r", { items: [anItem("i"), anItem("j")] });
  const figures = [
    someFigures("i", { place: 1, heads_place: 2, heads: 3, balanced: 0.6, group_heads: [1, 2], group_of: [4, 6] }),
    someFigures("j", { place: 2, heads_place: 1, heads: 5, balanced: 0.5, group_heads: [0, 5], group_of: [4, 6] }),
  ];
  const result = aResult("r", { items: figures });
  const session = doc({ rounds: [round], results: [result] });
  const shown = (picture: Picture) => rowsOf(session, round, true, picture).map(({ item, place }) => [item, place]);
  expect(shown("heads")).toEqual([
    ["j", 1],
    ["i", 2],
  ]);
  expect(shown("equal")).toEqual([
    ["i", 1],
    ["j", 2],
  ]);
  expect(shown("apart")).toEqual([
    ["j", null],
    ["i", null],
  ]);
  // Before and after has other rows on the projectors where an item is new.
  expect(shown("change")).toEqual(shown("equal"));
  const where = { step: "v", picture: "equal", first: null, held: false, card: null, at: 0 } as const;
  const vote = step("v", { kind: "vote", round: "r", opened_at: 1 });
  expect(pictureOf({ kind: "result", step: vote, asked: vote, round, result }, where, round)).toBe("equal");
  expect(pictureOf({ kind: "result", step: vote, asked: vote, round: aRound("s"), result }, where, round)).toBe(
    "heads",
  );
  expect(pictureOf({ kind: "recess", step: vote }, where, round)).toBe("heads");
});

test("before a reveal of an open step it is said what connected phones sent, and which are silent", () => {
  const vote = step("v", { kind: "vote", state: "open" });
  const open = { step: "v", of: 47, sending: 0, silent: 1, whole: true };
  const words = (over: Partial<typeof open>, subject = vote) =>
    beforeReveal(room({ open: { ...open, ...over } }), subject, 0);
  expect(words({})).toBe("Of 46 connected phones everything is in. One phone is silent and may still hold votes.");
  expect(words({ silent: 0 })).toBe("Of 47 connected phones everything is in.");
  expect(words({ sending: 1, silent: 2 })).toBe(
    "Of 44 of 45 connected phones everything is in, one is still sending. 2 phones are silent and may still hold votes.",
  );
  expect(words({ of: 2, silent: 2 })).toBe("No phones are connected. 2 phones are silent and may still hold votes.");
  expect(words({ of: 1, silent: 0, whole: false })).toBe(
    "Of the one connected phone everything is in. The server was not there all the time this step was open, so there may be more phones.",
  );
  expect(words({}, step("v", { kind: "collect", state: "open" }))).toContain("may still hold cards");
  expect(beforeReveal(null, vote, 0)).toBe("It is not known yet how many phones still send.");
  expect(beforeReveal(room(), vote, 0)).toBe("It is not known yet how many phones still send.");
});

test("before a reveal it is asked whether paper is still to come, as long as any can be entered", () => {
  expect(askPaper(step("w", { kind: "collect", state: "open" }))).toBe(
    "Still cards on paper? Type them in first: after the reveal they come up one by one.",
  );
  for (const state of ["open", "closed"] as const) {
    expect(askPaper(step("v", { kind: "vote", state }))).toContain("Still ballots on paper? Type them in first.");
  }
  expect(askPaper(step("v", { kind: "vote", sealed: { at: 0, confirmed: null, of: null, whole: null } }))).toBe("");
});

test("one pair of numbers: who answered, of all who take part", () => {
  const people = { a: [12, 3, 10, 10], b: [3, 2, 3, 5] };
  expect(answered(step("w", { kind: "collect", state: "open" }), room({ people }))).toBe("13 of 15 wrote a card");
  expect(answered(step("v", { kind: "vote", state: "open" }), room({ people }))).toBe("13 of 15 voted");
  expect(answered(step("v", { kind: "vote", state: "closed" }), room({ people }))).toBe("");
  expect(answered(step("b", { kind: "break", state: "open" }), room({ people }))).toBe("");
});

test("after a closing it is said who confirmed, who still sends and who is silent", () => {
  const closing = { step: "a", at: 0, until: null, of: 41, confirmed: 38, sending: 2, silent: 1, whole: true };
  expect(confirmedWords(closing)).toBe("38 of 41 phones confirmed, 2 still sending, one silent.");
  expect(confirmedWords({ ...closing, confirmed: 41, sending: 0, silent: 0 })).toBe("All 41 phones confirmed.");
  expect(confirmedWords({ ...closing, confirmed: 41, sending: 0, silent: 0, whole: false })).toBe(
    "41 of at least 41 phones confirmed.",
  );
  // What is asked before a reveal says the same, of the step that it is about.
  const subject = step("a", { kind: "vote", state: "closed", closed_at: 0 });
  const before = (counts: typeof closing, now: number) => beforeReveal(room({ closing: counts }), subject, now);
  expect(before(closing, 30_000)).toBe(
    "38 of 41 phones confirmed, 2 still sending. One phone is silent and may still hold votes.",
  );
  expect(before(closing, 30_001)).toBe(confirmedWords(closing));
  const all = { ...closing, confirmed: 41, sending: 0, silent: 0 };
  expect(before(all, 0)).toBe(confirmedWords(all));
  // Of one that was closed before another it is not claimed that phones confirmed.
  const other = step("b", { kind: "vote", state: "closed", closed_at: 0 });
  expect(beforeReveal(room({ phones: 40, closing }), other, 1)).toBe("It is not known yet how many phones still send.");
  expect(beforeReveal(room({ phones: 40, closing }), other, 30_001)).toBe("No more answers are taken here.");
});

test("who else runs the session", () => {
  const consoles = [
    { name: "Anna", screens: 2 },
    { name: "Bram", screens: 1 },
    { name: "Core", screens: 3 },
  ];
  expect(othersOf(room({ consoles }), "Anna")).toEqual(["you, on another screen", "Bram", "Core on 3 screens"]);
  expect(othersOf(room({ consoles: [{ name: "Anna", screens: 1 }] }), "Anna")).toEqual([]);
  expect(othersOf(null, "Anna")).toEqual([]);
});
