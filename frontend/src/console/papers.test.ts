// @vitest-environment happy-dom
import "../lib/page.fixture";

import { flushSync } from "svelte";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { BALLOT_KEYS } from "../ballots/console";
import type { Given } from "../ballots/paper";
import { marksOf } from "../ballots/pairwise/written";
import { anItem, aResult, aRound, aSnapshot, aStep } from "../lib/fixtures";
import { DEFAULT_RULES, type BallotKey, type ParticipantDoc, type SectorDoc, type SnapshotDoc } from "../lib/wire.gen";
import { setLanguage } from "../messages";
import { Server, show } from "./console.fixture";
import Papers from "./Papers.svelte";
import { countPapers, nextNumber, papersOf, takesPaper } from "./papers";

const sector = (id: string, name: string): SectorDoc => ({
  id,
  key: id,
  name: { nl: name, en: name },
  hint: { nl: "", en: "" },
  shape: "circle" as const,
  letter: { nl: "A", en: "A" },
});
const first = sector("s1", "Education");
const second = sector("s2", "Research");
const sectors = [first, second];
const items = ["Zon", "Plein", "Loket"].map((text, rank) => anItem(`i${rank}`, { text, rank }));
const step = aStep("one", { kind: "vote", round: "r", state: "open", opened_at: 1 });

const paper = (tag: string, sector = first.id, rounds = ["r"]): ParticipantDoc => ({
  id: `p${tag}`,
  tag,
  sector,
  source: "scribed",
  retired: false,
  rounds,
});

function session(key: BallotKey, more: Partial<SnapshotDoc> = {}): SnapshotDoc {
  // A round that was opened has complete rules.
  const rules = {
    ...DEFAULT_RULES[key],
    ...(key === "dots" ? { budget: 3 } : {}),
    ...(key === "pairwise" && { each: 2 }),
  };
  const round = aRound("r", { ballot: key, rules: rules as never, items });
  return aSnapshot({ sectors, steps: [step], rounds: [round], ...more });
}

let server: Server;
let leave: () => void = () => undefined;
beforeEach(() => {
  setLanguage("en");
  server = new Server();
  // The browser's own dialog, as far as this page needs it.
  HTMLDialogElement.prototype.showModal = function (this: HTMLDialogElement) {
    this.open = true;
  };
});
afterEach(() => {
  leave();
  vi.restoreAllMocks();
});

function open(doc: SnapshotDoc): void {
  server.tell(doc);
  leave = show(Papers, server, { step, round: doc.rounds[0] as never, onclose: () => undefined });
}
const page = (): string => (document.body.textContent ?? "").replace(/\s+/g, " ");
const fields = (): (HTMLInputElement | HTMLSelectElement)[] => [
  ...document.querySelectorAll<HTMLInputElement | HTMLSelectElement>("ol input, ol select"),
];
const choose = (id: string): void => {
  document.querySelector<HTMLInputElement>(`input[value="${id}"]`)?.click();
  flushSync();
};
function type(field: HTMLInputElement | HTMLSelectElement | undefined, value: string): void {
  if (!field) throw new Error("no such field");
  if (field instanceof HTMLInputElement && field.type === "checkbox") field.click();
  else {
    field.value = value;
    field.dispatchEvent(new Event(field instanceof HTMLSelectElement ? "change" : "input", { bubbles: true }));
  }
  flushSync();
}
const store = (): void => {
  document.querySelector("form")?.dispatchEvent(new Event("submit", { bubbles: true, cancelable: true }));
  flushSync();
};

/** What is typed into the fields of the form, in their order, and what is sent of it. */
const TYPED: Record<BallotKey, { typed: readonly string[]; marks: Given }> = {
  dots: { typed: ["x", "", "x"], marks: { i0: 1, i2: 1 } },
  approve: { typed: ["", "x"], marks: { i1: 1 } },
  choice: { typed: ["x"], marks: { i0: 1 } },
  budget: { typed: ["x", "x"], marks: { i0: 1, i1: 1 } },
  points: { typed: ["60", "", "40"], marks: { i0: 60, i2: 40 } },
  ranking: { typed: ["2", "1"], marks: { i0: 2, i1: 1 } },
  opinion: { typed: ["1", "-1", "0"], marks: { i0: 1, i1: -1, i2: 0 } },
  rating: { typed: ["5", "-99"], marks: { i0: 5, i1: -99 } },
  scale: { typed: ["0", "", "10"], marks: { i0: 0, i2: 10 } },
  criteria: { typed: ["4", "2", "1"], marks: { i0: [4, 2], i1: [1, null] } },
  matrix: { typed: ["5", "1"], marks: { i0: [5, 1] } },
  pairwise: { typed: ["i0", "i1", "2"], marks: { i0: [12, null], i1: [10, null] } },
};

describe("a paper", () => {
  it.each(BALLOT_KEYS)("of %s is typed field by field and sent whole", async (key) => {
    open(session(key));
    choose(second.id);
    TYPED[key].typed.forEach((value, place) => {
      if (value) type(fields()[place], value);
    });
    store();
    await vi.waitFor(() => expect(server.asked).toHaveLength(1));
    const marks = Object.entries(TYPED[key].marks).map(([item, value]) => ({ item, value }));
    expect(server.asked[0]).toEqual({ command: "ballot.add", content: { round: "r", sector: second.id, marks } });
    // The next one begins empty, under the same O.
    const isEmpty = (field: HTMLInputElement | HTMLSelectElement): boolean =>
      field instanceof HTMLInputElement && field.type === "checkbox" ? !field.checked : field.value === "";
    await vi.waitFor(() => expect(fields().every(isEmpty)).toBe(true));
    expect(document.querySelector<HTMLInputElement>(`input[value="${second.id}"]`)?.checked).toBe(true);
  });

  it("is not sent without an O, or with nothing on it", () => {
    open(session("dots"));
    store();
    expect(page()).toContain("Choose the O of the person.");
    choose(first.id);
    store();
    expect(page()).toContain("Nothing is filled in. An empty paper does not count.");
    expect(server.asked).toEqual([]);
  });

  it("keeps what was typed when it is refused, with the reason", async () => {
    open(session("points"));
    choose(first.id);
    type(fields()[0], "70");
    server.refuses = {
      code: "vote.points_spent",
      message: "That is more points than are left.",
      retry: false,
      fields: {},
    };
    store();
    await vi.waitFor(() => expect(page()).toContain("That is more points than are left."));
    expect(fields()[0]?.value).toBe("70");
  });

  it("is stored by Enter in a list too", async () => {
    open(session("rating"));
    choose(first.id);
    type(fields()[0], "3");
    fields()[0]?.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true, cancelable: true }));
    await vi.waitFor(() => expect(server.asked).toHaveLength(1));
  });

  it("takes a number of its own", async () => {
    open(session("approve"));
    choose(first.id);
    const number = document.querySelector<HTMLInputElement>(".number input");
    expect(number?.placeholder).toBe("1");
    type(number ?? undefined, "17");
    type(fields()[0], "x");
    store();
    await vi.waitFor(() => expect(server.asked[0]?.content).toMatchObject({ number: 17 }));
  });

  it("is corrected whole, and taken back after a question", async () => {
    open(session("dots", { participants: [paper("7", second.id)] }));
    const press = (name: string): void => {
      [...document.querySelectorAll("button")].find((button) => button.textContent.trim() === name)?.click();
      flushSync();
    };
    press("Correct: Paper 7");
    expect(page()).toContain("Paper 7: type all of it anew.");
    type(fields()[1], "x");
    store();
    await vi.waitFor(() => expect(server.asked).toHaveLength(1));
    const marks = [{ item: "i1", value: 1 }];
    const content = { round: "r", participant: "p7", sector: second.id, marks };
    expect(server.asked[0]).toEqual({ command: "ballot.edit", content });
    press("Take back…: Paper 7");
    press("Yes, take back: Paper 7");
    expect(server.asked[1]).toEqual({ command: "ballot.remove", content: { round: "r", participant: "p7" } });
    const taken = session("dots");
    const undo = { do: "ballot.remove", step: step.id, until: Date.now() + 9_000 };
    server.tell({ ...taken, session: { ...taken.session, undo } });
    flushSync();
    expect(page()).toMatch(/Undo.* left: a paper of .+ taken back/);
  });
});

it("says how many there are of each O, and never what stands on them", () => {
  const participants = [paper("1"), paper("12", second.id), paper("3"), paper("4", first.id, ["other"])];
  const doc = session("dots", { participants });
  const found = papersOf(doc, doc.rounds[0] ?? null);
  expect(found.map(({ tag }) => tag)).toEqual(["12", "3", "1"]);
  expect(countPapers(found, sectors)).toBe(`3 on paper: ${first.name.en} 2, ${second.name.en} 1`);
  expect(nextNumber(doc)).toBe(13);
});

it("is offered from the opening until the step is closed for good", () => {
  const doc = session("dots");
  expect(takesPaper(doc, step)?.id).toBe("r");
  const seal = { at: 1, confirmed: null, of: null, whole: null };
  expect(takesPaper(doc, { ...step, sealed: seal })).toBeNull();
  expect(takesPaper(doc, { ...step, settings: { practice: true } })).toBeNull();
  expect(takesPaper(session("dots", { rounds: [aRound("r", { open: false })] }), step)).toBeNull();
  expect(takesPaper(doc, aStep("two", { kind: "collect" }))).toBeNull();
});

it("asks for the result to be shown anew, and says why that has to wait", async () => {
  const doc = session("dots", { results: [aResult("r", { late: 3 })] });
  open({ ...doc, rounds: doc.rounds.map((round) => ({ ...round, open: false, closed: true, revealed: true })) });
  expect(page()).toContain("3 ballots came after the result and do not count here.");
  server.refuses = { code: "result.waits", message: "At least: Education 2.", retry: false, fields: {} };
  [...document.querySelectorAll("button")].find(({ textContent }) => textContent?.includes("Show the result"))?.click();
  await vi.waitFor(() => expect(page()).toContain("At least: Education 2."));
  expect(server.asked).toEqual([{ command: "round.publish", content: { round: "r" } }]);
});

it("leaves half a pair out, and puts both items under the line's number", () => {
  const rules = { ...DEFAULT_RULES.pairwise, pairs: 3, each: 2 };
  const lines = [
    { one: "a", other: "b", outcome: 2 },
    { one: "a", other: "", outcome: 1 },
    { one: "c", other: "a", outcome: 1 },
  ] as const;
  expect(marksOf(lines, rules)).toEqual({ a: [12, 31], b: [10, null], c: [31, null] });
});
