import { wrongIn } from "../ballots/console";
import { describe, expect, test } from "vitest";

import { aResult, anItem, aRound, someFigures } from "../lib/fixtures";
import type { CardDoc, PillarDoc, RoomDoc, SectorDoc, SessionDoc, SnapshotDoc, StepDoc } from "../lib/wire.gen";
import { agendaOf, canReveal, nextAfter, placeAfter, startsOf } from "./agenda";
import { cardStep, newestFirst, pick, tickedIn, voteTargets } from "./cards";
import { coverageOf, gapsOf, groupsOf } from "./coverage";
import { asChange, asNew, draftOf, emptyDraft, outOfRange } from "./draft";
import { asEdit, namingOf } from "./naming";
import { Desk } from "./desk.svelte";
import { isLeftOut, momentOf } from "./planned";
import { resultStep, rowsOf } from "./results";
import { choicesOf, openedRound, preparedRound, shownRound } from "./rounds";
import { answered, askPaper, beforeReveal, confirmedWords, othersOf, roundTitle } from "./words";

const MINUTE = 60_000;
const words = (both: string) => ({ nl: both, en: both });

const step = (id: string, over: Partial<StepDoc> = {}): StepDoc => ({
  id,
  kind: "welcome",
  position: 0,
  state: "planned",
  title: words(id),
  prompt: words(""),
  body: words(""),
  pillar: null,
  subject: null,
  round: null,
  minutes: 5,
  settings: { silent: true, live: false, rules: { ballot: "dots", budget: null, most: 1 }, max_cards: 20 },
  revealed: false,
  opened_at: null,
  closed_at: null,
  deadline: null,
  paused: null,
  sealed: null,
  hidden: {},
  ...over,
});

const card = (id: string, over: Partial<CardDoc> = {}): CardDoc => ({
  id,
  step: "write",
  pillar: "p1",
  aspect: "hardware",
  sector: "s1",
  text: id,
  language: "nl",
  source: "own",
  rank: 0,
  hidden: false,
  reason: null,
  until: null,
  at: 0,
  ...over,
});

const room = (over: Partial<RoomDoc> = {}): RoomDoc => ({ people: {}, coverage: {}, pooled: [], here: [], phones: 0, sending: 0, waiting: 0, closing: null, open: null, consoles: [], flood: null, door: null, ...over });
const pillar: PillarDoc = { id: "p1", number: 1, name: words("P"), short: words("P") };
const sector = (id: string): SectorDoc => ({ id, key: id, name: words(id), hint: words(""), letter: words("X") });
const doc = (over: Partial<SnapshotDoc>): SnapshotDoc =>
  ({ cards: [], rounds: [], results: [], steps: [], now: {}, ...over }) as SnapshotDoc;

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
    const minutes = (planned: number | null) => [...startsOf(agenda, null, 20 * MINUTE, planned).values()].map((at) => at! / MINUTE);
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

  test("are filtered", () => {
    const cards = [card("a"), card("b", { hidden: true }), card("c", { step: "other", aspect: "both" })];
    const all = { which: "all", pillar: "", aspect: "" } as const;
    const ids = (filter: Parameters<typeof pick>[1]) => pick(cards, filter, "write", new Set(["c"])).map(({ id }) => id);
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
  expect(gapsOf(lines).map((gap) => `${gap.layer} ${gap.group.key}`)).toEqual(["hardware s2", "hardware s3", "software s2"]);
  expect(lines[2]!.untouched).toBe(true);
});

test("coverage counts O's without a mark together, so that no cell names one of them", () => {
  const groups = groupsOf(["s1", "s2", "s3", "s4"].map(sector), ["s2", "s4"]);
  expect(groups.map(({ key, sectors }) => `${key}: ${sectors.map(({ id }) => id).join()}`)).toEqual(["s1: s1", "s3: s3", "pool: s2,s4"]);
  const lines = coverageOf({ p1: { hardware: { s1: 2, pool: 3 }, both: { pool: 1 } } }, [pillar], groups);
  expect(lines[0]!.cells.map(({ n }) => n)).toEqual([2, 0, 4]);
  expect(groupsOf([sector("s1")], ["s1"]).map(({ key }) => key)).toEqual(["pool"]);
});

describe("the form of a step", () => {
  test("sends what its kind knows, with a title in both languages", () => {
    const sent = asNew({ ...emptyDraft(), kind: "vote", title_nl: " Kiezen " }, "a");
    expect(sent).toMatchObject({ kind: "vote", after: "a", title_nl: "Kiezen", title_en: "Kiezen", settings: { rules: { ballot: "dots", budget: null, most: 1 }, live: false } });
    expect(sent.settings).not.toHaveProperty("max_cards");
    expect(sent.settings).not.toHaveProperty("silent");
  });

  test("leaves the number of dots of a new vote to the number of its cards", () => {
    expect(asNew({ ...emptyDraft(), kind: "vote", title_nl: "Kiezen" }, null).settings?.rules).toMatchObject({ ballot: "dots", budget: null });
  });

  test("sends only what was changed here", () => {
    const was = draftOf(step("a", { kind: "collect" }));
    expect(asChange({ ...was }, was, "a")).toBeNull();
    expect(asChange({ ...was, minutes: 9, pillar: "p1" }, was, "a")).toEqual({ step: "a", minutes: 9, pillar: "p1" });
  });
});

describe("the form of the session", () => {
  const session = { title: { nl: "Avond", en: "Evening" }, kind: "workshop", planned_at: Date.UTC(2026, 2, 12, 18) } as SessionDoc;

  test("sends only what was changed here, with a title in both languages", () => {
    const was = namingOf(session);
    expect(was.planned).toBe("2026-03-12T19:00");
    expect(asEdit({ ...was }, was)).toEqual({});
    expect(asEdit({ ...was, title_en: " " }, was)).toEqual({ title_en: "Avond" });
    expect(asEdit({ ...was, kind: "event", planned: "" }, was)).toEqual({ kind: "event", planned_at: null });
    expect(asEdit({ ...was, planned: "2026-07-01T09:30" }, was)).toEqual({ planned_at: Date.UTC(2026, 6, 1, 7, 30) });
  });

  test("reads the wall clock at Kennispark, also in the nights when it is changed", () => {
    for (const [written, utc] of [
      ["2026-01-15T12:00", "2026-01-15T11:00Z"],
      ["2026-03-29T01:59", "2026-03-29T00:59Z"],
      ["2026-03-29T03:00", "2026-03-29T01:00Z"],
      ["2026-10-25T02:30", "2026-10-25T00:30Z"],
      ["2026-10-25T03:00", "2026-10-25T02:00Z"],
    ] as const) {
      expect(momentOf(written)).toBe(Date.parse(utc));
    }
    expect([isLeftOut("2026-03-29T02:30"), isLeftOut("2026-03-29T03:00"), isLeftOut("")]).toEqual([true, false, false]);
    for (const written of ["", "2026-03-29T02:30", "2027-03-28T02:30", "tomorrow", "1969-12-31T12:00", "2100-06-01T12:00", "20266-01-01T00:00"]) {
      expect(momentOf(written)).toBeNull();
    }
  });
});

test("a live round is told by its tally, a revealed one by its result and the places in it", () => {
  const round = aRound("r", { items: [anItem("i"), anItem("j"), anItem("k")] });
  const figures = (item: string, place: number, heads: number) => someFigures(item, { place, heads, balanced: 0.4 });
  const result = aResult("r", { items: [figures("k", 1, 1), figures("i", 1, 3), figures("j", 3, 2)] });
  const session = doc({ rounds: [round], results: [result], now: { tally: { r: { j: [5, 6] } } } });
  const told = (revealed: boolean) => rowsOf(session, round, revealed).map(({ item, heads, place }) => [item, heads, place]);
  expect(told(false)).toEqual([["j", 5, null], ["i", 0, null], ["k", 0, null]]);
  expect(told(true)).toEqual([["k", 1, 1], ["i", 3, 1], ["j", 2, 3]]);
  const hidden = step("v", { kind: "vote", round: "r", opened_at: 1 });
  expect(resultStep([hidden], hidden)).toBeNull();
  expect(resultStep([{ ...hidden, settings: { live: true } }], { ...hidden, settings: { live: true } })?.id).toBe("v");
});

test("before a reveal of an open step it is said what connected phones sent, and which are silent", () => {
  const vote = step("v", { kind: "vote", state: "open" });
  const open = { step: "v", of: 47, sending: 0, silent: 1, whole: true };
  const words = (over: Partial<typeof open>, subject = vote) => beforeReveal(room({ open: { ...open, ...over } }), subject, 0);
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
  expect(askPaper(step("v", { kind: "vote", state: "open" }))).toBe(
    "Still votes on paper? Enter them on a phone you lend: after the reveal they do not count here.",
  );
  expect(askPaper(step("v", { kind: "vote", state: "closed" }))).toContain("Open the vote again first");
  expect(askPaper(step("v", { kind: "vote", sealed: { at: 0, confirmed: null, of: null, whole: null } }))).toBe("");
});

test("one pair of numbers: who answered, of all who take part", () => {
  const people = { a: [12, 3, 10, 10], b: [3, 2, 3, 5] };
  expect(answered(step("w", { kind: "collect", state: "open" }), room({ people }))).toBe("13 of 15 wrote a card");
  expect(answered(step("v", { kind: "vote", state: "open" }), room({ people }))).toBe("13 of 15 voted");
  expect(answered(step("v", { kind: "vote", state: "closed" }), room({ people }))).toBe("");
  expect(answered(step("b", { kind: "break", state: "open" }), room({ people }))).toBe("");
});

describe("rounds of a vote", () => {
  const vote = step("v", { kind: "vote", state: "closed", revealed: true, opened_at: 1 });
  const of = (id: string, number: number, more = {}) => aRound(id, { step: "v", number, open: false, ...more });
  const first = of("r1", 1, { closed: true, revealed: true, items: [anItem("a"), anItem("b"), anItem("c", { hidden: true })] });
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
  expect(before(closing, 30_000)).toBe("38 of 41 phones confirmed, 2 still sending. One phone is silent and may still hold votes.");
  expect(before(closing, 30_001)).toBe(confirmedWords(closing));
  const all = { ...closing, confirmed: 41, sending: 0, silent: 0 };
  expect(before(all, 0)).toBe(confirmedWords(all));
  // Of one that was closed before another it is not claimed that phones confirmed.
  const other = step("b", { kind: "vote", state: "closed", closed_at: 0 });
  expect(beforeReveal(room({ phones: 40, closing }), other, 1)).toBe("It is not known yet how many phones still send.");
  expect(beforeReveal(room({ phones: 40, closing }), other, 30_001)).toBe("No more answers are taken here.");
});

test("who else runs the session", () => {
  const consoles = [{ name: "Anna", screens: 2 }, { name: "Bram", screens: 1 }, { name: "Core", screens: 3 }];
  expect(othersOf(room({ consoles }), "Anna")).toEqual(["you, on another screen", "Bram", "Core on 3 screens"]);
  expect(othersOf(room({ consoles: [{ name: "Anna", screens: 1 }] }), "Anna")).toEqual([]);
  expect(othersOf(null, "Anna")).toEqual([]);
});

describe("a number that a field does not take", () => {
  const vote = { ...emptyDraft(), kind: "vote" as const };
  test("is named before anything is sent", () => {
    expect(outOfRange({ ...vote, minutes: -5 })).toBe("minutes");
    expect(outOfRange({ ...vote, minutes: 2.5 })).toBe("minutes");
    expect(wrongIn({ ballot: "dots", budget: 51, most: 1 })).toBe("Dots per person: a whole number from 1 to 50.");
    expect(wrongIn({ ballot: "dots", budget: null, most: 0 })).toBe("Dots on one card: a whole number from 1 to 50.");
  });
  test("does not matter where the kind has no such field, nor when it is empty", () => {
    expect(outOfRange({ ...vote, max_cards: 999 })).toBeNull();
    expect(outOfRange({ ...vote, minutes: 0 })).toBeNull();
  });
});

describe("another round", () => {
  const at = (undo: SessionDoc["undo"]): Desk => {
    const desk = new Desk({ subscribe: () => () => undefined, ask: () => Promise.reject(), now: () => 1_000, retry: () => undefined }, {} as never);
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
