import { describe, expect, it } from "vitest";

import { aCard, anItem, aPerson, aResult, aRound, aSnapshot, aStep } from "./fixtures";
import { applyMember, applyNow, applyOwn, applyShared } from "./state";
import type { SharedEvent } from "./wire.gen";

const result = aResult;
const step = (id: string, position: number): ReturnType<typeof aStep> => aStep(id, { position });

describe("a snapshot and what happens after it", () => {
  it("never changes what it was given", () => {
    const before = aSnapshot({ cards: [aCard("a")] });
    const copy = JSON.stringify(before);
    applyShared(before, { type: "card.put", seq: 1, card: aCard("a", { text: "other" }) });
    applyShared(before, { type: "card.gone", seq: 2, card: "a" });
    expect(JSON.stringify(before)).toBe(copy);
  });

  it("keeps steps by position and cards by rank", () => {
    let now = aSnapshot({ steps: [step("a", 1), step("b", 2)] });
    now = applyShared(now, { type: "step.put", seq: 1, step: step("a", 3) });
    expect(now.steps.map(({ id }) => id)).toEqual(["b", "a"]);
    for (const [id, rank] of [
      ["x", 3],
      ["y", 1],
      ["z", 2],
    ] as const) {
      now = applyShared(now, { type: "card.put", seq: 1, card: aCard(id, { rank }) });
    }
    expect(now.cards.map(({ id }) => id)).toEqual(["y", "z", "x"]);
    expect(applyShared(now, { type: "step.gone", seq: 2, step: "b" }).steps.map(({ id }) => id)).toEqual(["a"]);
  });

  it("forgets a round that is gone with its result, and no other", () => {
    const before = aSnapshot({ rounds: [aRound("r1"), aRound("r2")], results: [result("r1"), result("r2")] });
    const after = applyShared(before, { type: "round.gone", seq: 1, round: "r2" });
    expect(after.rounds).toEqual([aRound("r1")]);
    expect(after.results).toEqual([result("r1")]);
    expect(applyShared(after, { type: "round.gone", seq: 2, round: "r2" })).toEqual(after);
  });

  it("keeps the result of an earlier round while the next one is voted on", () => {
    const shown = aRound("r1", { revealed: true });
    const before = aSnapshot({ rounds: [shown], results: [result("r1")] });
    const after = applyShared(before, { type: "round.put", seq: 1, round: aRound("r2", { number: 2 }) });
    expect(after.results).toEqual([result("r1")]);
    expect(applyShared(after, { type: "round.put", seq: 2, round: { ...shown, revealed: false } }).results).toEqual([]);
  });

  it("shows what a reveal brings and forgets it when the reveal is undone", () => {
    const before = aSnapshot({ steps: [aStep("one", { round: "r" })], rounds: [aRound("r")] });
    const shown = applyShared(before, {
      type: "step.revealed",
      seq: 1,
      step: aStep("one", { round: "r", revealed: true }),
      cards: [aCard("b", { rank: 2 }), aCard("a", { rank: 1 })],
      round: aRound("r", { revealed: true }),
      result: result("r"),
    });
    expect(shown.cards.map(({ id }) => id)).toEqual(["a", "b"]);
    expect(shown.results).toEqual([result("r")]);
    expect(shown.rounds).toEqual([aRound("r", { revealed: true })]);
    const hidden = applyShared(shown, {
      type: "step.concealed",
      seq: 2,
      step: aStep("one", { round: "r" }),
      cards_gone: true,
      round: aRound("r", { seen: true }),
    });
    expect(hidden).toEqual({ ...before, rounds: [aRound("r", { seen: true })] });
  });

  it("keeps the cards of a step that was not silent when its reveal is undone", () => {
    const shown = aSnapshot({ cards: [aCard("a")], results: [result("r")] });
    const event: SharedEvent = {
      type: "step.concealed",
      seq: 2,
      step: aStep("one", { round: "r" }),
      cards_gone: false,
      round: null,
    };
    expect(applyShared(shown, event)).toMatchObject({ cards: [aCard("a")], results: [] });
  });

  it("gives exactly these cards the mark of an O", () => {
    const before = aSnapshot({
      cards: [aCard("a"), aCard("b", { sector: "s1" }), aCard("c", { sector: "s2" }), aCard("d", { sector: "s1" })],
    });
    const after = applyShared(before, { type: "marks.put", seq: 1, sector: "s1", cards: ["a", "b"] });
    expect(after.cards.map(({ sector }) => sector)).toEqual(["s1", "s1", "s2", null]);
    const none = applyShared(after, { type: "marks.put", seq: 2, sector: "s1", cards: [] });
    expect(none.cards.map(({ sector }) => sector)).toEqual([null, null, "s2", null]);
  });

  it("puts and takes items in their round only", () => {
    let now = aSnapshot({ rounds: [aRound("r"), aRound("q")] });
    now = applyShared(now, { type: "item.put", seq: 1, round: "r", item: anItem("i", { rank: 2 }) });
    now = applyShared(now, { type: "item.put", seq: 2, round: "r", item: anItem("j", { rank: 1 }) });
    expect(now.rounds[0]?.items.map(({ id }) => id)).toEqual(["j", "i"]);
    expect(now.rounds[1]?.items).toEqual([]);
    now = applyShared(now, { type: "item.gone", seq: 3, round: "r", item: "j" });
    expect(now.rounds[0]?.items.map(({ id }) => id)).toEqual(["i"]);
  });

  it("takes a step with all that was in it", () => {
    const two = aStep("two", { position: 2 });
    const before = aSnapshot({ steps: [two], rounds: [aRound("q", { step: "two" })], results: [result("q")] });
    const full = {
      ...before,
      steps: [aStep("one"), two],
      cards: [aCard("a")],
      rounds: [...before.rounds, aRound("r")],
      results: [...before.results, result("r")],
    };
    expect(applyShared(full, { type: "step.gone", seq: 1, step: "one" })).toEqual(before);
  });

  it("forgets the result of a round that is no longer revealed", () => {
    const now = aSnapshot({ rounds: [aRound("r", { revealed: true })], results: [result("r"), result("q")] });
    const hidden = applyShared(now, { type: "round.put", seq: 1, round: aRound("r") });
    expect(hidden).toMatchObject({ rounds: [aRound("r")], results: [result("q")] });
  });

  it("replaces the session, a round, a result, a participant", () => {
    let now = aSnapshot({ rounds: [aRound("r")], results: [result("r")] });
    const participant = { id: "p", tag: "KRAB", sector: "s1", source: "own" as const, retired: false, rounds: [] };
    now = applyShared(now, { type: "session.put", seq: 1, session: { ...now.session, locked: true } });
    now = applyShared(now, { type: "round.put", seq: 2, round: aRound("r", { closed: true, revealed: true }) });
    now = applyShared(now, { type: "result.put", seq: 3, result: { ...result("r"), n: 12 } });
    now = applyShared(now, { type: "participant.put", seq: 4, participant });
    now = applyShared(now, { type: "participant.put", seq: 5, participant: { ...participant, retired: true } });
    expect(now.session.locked).toBe(true);
    expect(now.rounds).toEqual([aRound("r", { closed: true, revealed: true })]);
    expect(now.results).toEqual([{ ...result("r"), n: 12 }]);
    expect(now.participants).toEqual([{ ...participant, retired: true }]);
  });

  it("lets an unknown event pass", () => {
    const before = aSnapshot();
    expect(applyShared(before, { type: "weather.put", seq: 1 } as unknown as SharedEvent)).toBe(before);
  });
});

describe("what is one's own", () => {
  const card = {
    id: "c",
    step: "one",
    pillar: "p1",
    aspect: "both",
    text: "a",
    language: "nl",
    hidden: false,
    fixed: false,
    at: 5,
    reason: null,
  } as const;

  it("puts, hides and takes a card", () => {
    let you = applyOwn(aPerson(), { type: "you.card", seq: 1, card });
    you = applyOwn(you, { type: "you.card", seq: 2, card: { ...card, hidden: true } });
    expect(you.cards).toEqual([{ ...card, hidden: true }]);
    expect(applyOwn(you, { type: "you.card_gone", seq: 3, card: "c" }).cards).toEqual([]);
  });

  it("lets an older tap not overturn a newer one", () => {
    const vote = { round: "r", item: "i", value: 1, tap: 4 };
    let you = applyOwn(aPerson(), { type: "you.vote", seq: 2, vote, sector_fixed: true });
    you = applyOwn(you, { type: "you.vote", seq: 1, vote: { ...vote, value: 0, tap: 3 }, sector_fixed: false });
    expect(you.votes).toEqual([vote]);
    expect(you).toMatchObject({ tap: 4, sector_fixed: true });
    you = applyOwn(you, { type: "you.vote", seq: 3, vote: { ...vote, value: 0, tap: 5 }, sector_fixed: true });
    expect(you.votes).toEqual([{ ...vote, value: 0, tap: 5 }]);
  });

  it("gives the dots back of an item that was taken out of the vote", () => {
    const on = (item: string, tap: number) => ({ round: "r", item, value: 1, tap });
    const before = aPerson({ votes: [on("i", 4), on("j", 7)], tap: 7, sector_fixed: true });
    const after = applyOwn(before, { type: "you.vote_gone", seq: 1, round: "r", item: "j" });
    expect(after).toEqual(aPerson({ votes: [on("i", 4)], tap: 4, sector_fixed: true }));
    expect(applyOwn(after, { type: "you.vote_gone", seq: 2, round: "r", item: "i" })).toMatchObject({
      votes: [],
      tap: 0,
    });
    expect(applyOwn(after, { type: "you.vote_gone", seq: 3, round: "q", item: "i" })).toEqual(after);
  });

  it("changes O", () => {
    const you = applyOwn(aPerson(), { type: "you.put", seq: 1, sector: "s2", sector_fixed: true, retired: false });
    expect(you).toEqual(aPerson({ sector: "s2", sector_fixed: true }));
  });

  it("gives a console's member another role", () => {
    const member = { as: "console", name: "M", role: "core" } as const;
    const was = { ...member, role: "facilitator" };
    expect(applyMember(was, { type: "you.member", seq: 1, member })).toEqual(member);
    expect(applyMember(was, { type: "you.card_gone", seq: 1, card: "c" })).toBe(was);
  });
});

describe("latest values", () => {
  it("leaves absent keys as they were and merges a tally item by item", () => {
    const present = { groups: [], total: 9 };
    let now = applyNow({}, { present, tally: { r: { i: [1, 1], j: [2, 2] } } });
    now = applyNow(now, { tally: { r: { j: [3, 4] }, q: { k: [1, 1] } } });
    expect(now).toEqual({ present, tally: { r: { i: [1, 1], j: [3, 4] }, q: { k: [1, 1] } } });
    expect(applyNow(now, { present: { groups: [], total: null } }).present).toEqual({ groups: [], total: null });
  });

  it("forgets what is taken back", () => {
    const done = { step: "v", n: 9, of: 12, said: null, paper: null };
    const now = { done, tally: { r: { i: [1, 1], j: [2, 2] }, q: { k: [1, 1] } } };
    expect(applyNow(now, { done: null }).done).toBeNull();
    expect(applyNow(now, { tally: { r: null } })).toEqual({ done, tally: { q: { k: [1, 1] } } });
    expect(applyNow(now, { tally: { r: { i: null, j: [3, 3] } } }).tally).toEqual({
      r: { j: [3, 3] },
      q: { k: [1, 1] },
    });
    expect(applyNow(now, { tally: { q: { k: null } } }).tally).toEqual({ r: { i: [1, 1], j: [2, 2] } });
    expect(applyNow({}, { tally: { r: null } }).tally).toEqual({});
    expect(applyNow(now, { tally: null })).toEqual({ done, tally: {} });
  });
});
