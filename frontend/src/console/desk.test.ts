import { describe, expect, test } from "vitest";

import { aResult, anItem, aRound, someFigures } from "../lib/fixtures";
import type { SessionDoc, SnapshotDoc } from "../lib/wire.gen";
import { agendaOf, canReveal, nextAfter, placeAfter, startsOf } from "./agenda";
import { cardStep, nameCards, newestFirst, pick, tickedIn, voteTargets } from "./cards";
import { coverageOf, gapsOf, groupsOf } from "./coverage";
import { Desk } from "./desk.svelte";
import { choicesOf, openedRound, preparedRound, shownRound } from "./rounds";
import { roundTitle } from "./words";
import { card, doc, MINUTE, pillar, sector, step } from "./rows.fixture";

describe("agenda", () => {
  const open = step("b", { position: 1, state: "open", opened_at: 10 * MINUTE, deadline: 17 * MINUTE, minutes: 7 });
  const agenda = agendaOf([
    step("c", { position: 2 }),
    open,
    step("a", { position: 0, opened_at: null }),
    step("gone", { position: 1, state: "superseded" }),
    step("d", { position: 3 }),
  ]);

  test("runs by position without what was superseded", () => {
    expect(agenda.map(({ id }) => id)).toEqual(["a", "b", "c", "d"]);
    expect(nextAfter(agenda, open)?.id).toBe("c");
    expect(nextAfter(agenda, null)?.id).toBe("a");
    expect(nextAfter(agenda, agenda[3]!)).toBeNull();
  });

  test("tells when steps began, and will begin", () => {
    const starts = startsOf(agenda, open, 12 * MINUTE);
    expect([...starts.values()]).toEqual([null, 10 * MINUTE, 17 * MINUTE, 22 * MINUTE]);
    expect(startsOf(agenda, open, 20 * MINUTE).get("c")).toBe(20 * MINUTE);
    expect(startsOf(agenda, open, 20 * MINUTE, 90 * MINUTE).get("c")).toBe(20 * MINUTE);
    const paused = { ...open, deadline: null, paused: 3 * MINUTE };
    expect(startsOf([paused, agenda[2]!], paused, 20 * MINUTE).get("c")).toBe(23 * MINUTE);
  });

  test("begins as planned until the first step is opened", () => {
    const minutes = (planned: number | null) =>
      [...startsOf(agenda, null, 20 * MINUTE, planned).values()].map((at) => at! / MINUTE);
    expect(minutes(null)).toEqual([20, 25, 32, 37]);
    expect(minutes(90 * MINUTE)).toEqual([90, 95, 102, 107]);
  });

  test("names the step behind which another one is put", () => {
    expect(placeAfter(agenda, agenda[1]!, -1)).toBeNull();
    expect(placeAfter(agenda, agenda[2]!, -1)).toBe("a");
    expect(placeAfter(agenda, agenda[1]!, 1)).toBe("c");
    expect(placeAfter(agenda, agenda[3]!, 1)).toBeUndefined();
    expect(placeAfter(agenda, agenda[0]!, -1)).toBeUndefined();
  });

  test("knows what can be revealed", () => {
    expect(canReveal(step("w", { kind: "collect", opened_at: 1 }))).toBe(true);
    expect(canReveal(step("w", { kind: "collect", opened_at: 1, settings: { silent: false } }))).toBe(false);
    expect(canReveal(step("w", { kind: "vote", opened_at: 1, revealed: true }))).toBe(false);
    expect(canReveal(step("w", { kind: "vote" }))).toBe(false);
  });
});

describe("cards", () => {
  test("newest first, by chance within a minute", () => {
    const cards = [card("a", { at: 1, rank: 5 }), card("b", { at: 2, rank: 9 }), card("c", { at: 2, rank: 1 })];
    expect(newestFirst(cards).map(({ id }) => id)).toEqual(["c", "b", "a"]);
  });

  test("are named by their text, with a number where several say the same", () => {
    const cards = [card("a", { text: "leeg" }), card("b", { text: "stil" }), card("c", { text: "leeg" })];
    expect([...nameCards(cards).values()]).toEqual(["leeg (1 of 2)", "stil", "leeg (2 of 2)"]);
  });

  test("are filtered", () => {
    const cards = [card("a"), card("b", { hidden: true }), card("c", { step: "other", aspect: "both" })];
    const all = { which: "all", pillar: "", aspect: "" } as const;
    const ids = (filter: Parameters<typeof pick>[1]) =>
      pick(cards, filter, "write", new Set(["c"])).map(({ id }) => id);
    expect(ids(all)).toEqual(["a", "b", "c"]);
    expect(ids({ ...all, which: "step" })).toEqual(["a", "b"]);
    expect(ids({ ...all, which: "ticked" })).toEqual(["c"]);
    expect(ids({ ...all, which: "hidden" })).toEqual(["b"]);
    expect(ids({ ...all, aspect: "both" })).toEqual(["c"]);
    expect(ids({ ...all, pillar: "p2" })).toEqual([]);
  });

  test("go to the vote that comes next", () => {
    const agenda = [
      step("v1", { kind: "vote", round: "r1", state: "open" }),
      step("v2", { kind: "vote", round: "r2" }),
      step("v3", { kind: "vote", round: "r3", state: "closed" }),
    ];
    const rounds = [
      { id: "r1", closed: false, revealed: false, items: [] },
      { id: "r2", closed: false, revealed: false, items: [{ id: "i", card: "a" }] },
      { id: "r3", closed: true, revealed: false, items: [] },
    ] as unknown as SnapshotDoc["rounds"];
    const session = doc({ rounds });
    expect(voteTargets(session, agenda).map(({ id }) => id)).toEqual(["v2", "v1"]);
    expect([...tickedIn(session, "r2")]).toEqual(["a"]);
    expect([...tickedIn(session, null)]).toEqual([]);
  });

  test("belong to the step the room is busy with", () => {
    const write = step("write", { kind: "collect", opened_at: 1 });
    const reveal = step("reveal", { kind: "reveal", subject: "write" });
    const rest = step("rest", { kind: "break" });
    const agenda = [write, reveal, rest];
    expect(cardStep(agenda, reveal)?.id).toBe("write");
    expect(cardStep(agenda, rest)?.id).toBe("write");
    expect(cardStep(agenda, null)).toBeNull();
  });
});

test("coverage counts both on each layer and names gaps, but not of a pillar whose turn has not come", () => {
  const counts = { p1: { hardware: { s1: 1 }, both: { s1: 1 }, software: { s3: 2 }, unsure: { s2: 4 } } };
  const lines = coverageOf(counts, [pillar, { ...pillar, id: "p2" }], groupsOf(["s1", "s2", "s3"].map(sector), []));
  expect(lines[0]!.cells.map(({ n }) => n)).toEqual([2, 0, 0]);
  expect(lines[1]!.cells.map(({ n }) => n)).toEqual([1, 0, 2]);
  expect(gapsOf(lines).map((gap) => `${gap.layer} ${gap.group.key}`)).toEqual([
    "hardware s2",
    "hardware s3",
    "software s2",
  ]);
  expect(lines[2]!.untouched).toBe(true);
});

test("coverage counts O's without a mark together, so that no cell names one of them", () => {
  const groups = groupsOf(["s1", "s2", "s3", "s4"].map(sector), ["s2", "s4"]);
  expect(groups.map(({ key, sectors }) => `${key}: ${sectors.map(({ id }) => id).join()}`)).toEqual([
    "s1: s1",
    "s3: s3",
    "pool: s2,s4",
  ]);
  const lines = coverageOf({ p1: { hardware: { s1: 2, pool: 3 }, both: { pool: 1 } } }, [pillar], groups);
  expect(lines[0]!.cells.map(({ n }) => n)).toEqual([2, 0, 4]);
  expect(groupsOf([sector("s1")], ["s1"]).map(({ key }) => key)).toEqual(["pool"]);
});

describe("rounds of a vote", () => {
  const vote = step("v", { kind: "vote", state: "closed", revealed: true, opened_at: 1 });
  const of = (id: string, number: number, more = {}) => aRound(id, { step: "v", number, open: false, ...more });
  const first = of("r1", 1, {
    closed: true,
    revealed: true,
    items: [anItem("a"), anItem("b"), anItem("c", { hidden: true })],
  });
  const second = of("r2", 2);
  const session = (...rounds: SnapshotDoc["rounds"]) => doc({ rounds });

  test("what was shown is followed by another round and not opened again", () => {
    expect(shownRound(session(first), vote)?.id).toBe("r1");
    expect(shownRound(session(second, first), vote)).toBeNull();
    expect(shownRound(session({ ...first, revealed: false }), vote)).toBeNull();
    expect(shownRound(session(first), step("v", { kind: "reveal" }))).toBeNull();
  });

  test("one that was prepared is known, and the one before it still shown", () => {
    expect(preparedRound(session(second, first), vote)?.id).toBe("r2");
    expect(openedRound(session(second, first), vote)?.id).toBe("r1");
    expect(preparedRound(session({ ...second, open: true }, first), vote)).toBeNull();
    expect(openedRound(session({ ...second, open: true }, first), vote)?.id).toBe("r2");
    expect(preparedRound(session(of("r1", 1)), vote)).toBeNull();
    expect(roundTitle(vote, second)).toBe("v, round 2");
    expect(roundTitle(vote, first)).toBe("v");
  });

  test("its cards are chosen in the order of their places, with what differs by more than chance", () => {
    const items = [someFigures("b", { place: 1, differs: false }), someFigures("a", { place: 2, differs: true })];
    const told = choicesOf(doc({ rounds: [first], results: [aResult("r1", { items })] }), first);
    expect(told.map(({ item, place, differs, hidden }) => [item, place, differs, hidden])).toEqual([
      ["b", 1, false, false],
      ["a", 2, true, false],
      ["c", null, false, true],
    ]);
  });

  test("cards can be ticked for one that was prepared", () => {
    expect(voteTargets(session(second, first), [{ ...vote, round: "r2" }]).map(({ id }) => id)).toEqual(["v"]);
    expect(voteTargets(session(first), [{ ...vote, round: "r1" }])).toEqual([]);
  });
});

describe("another round", () => {
  const at = (undo: SessionDoc["undo"]): Desk => {
    const desk = new Desk(
      { subscribe: () => () => undefined, ask: () => Promise.reject(), now: () => 1_000, retry: () => undefined },
      {} as never,
    );
    const snapshot = { ...desk.doc, session: { ...desk.doc.session, undo } };
    desk.view = { ...desk.view, snapshot };
    return desk;
  };

  test("waits while the reveal can be taken back, and not for a page that was turned on the projector", () => {
    expect(at({ do: "step.reveal", step: "v", until: 2_000 }).undoable).toBe(true);
    expect(at({ do: "step.reveal", step: "v", until: 900 }).undoable).toBe(false);
    expect(at({ do: "stage.show", step: "v", until: 2_000 }).undoable).toBe(false);
  });
});
