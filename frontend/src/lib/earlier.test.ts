import { afterEach, expect, test, vi } from "vitest";

import { fetchEarlier, follow, NOTHING, remember, withEarlier, type Earlier } from "./earlier";
import { anItem, aRound, aSnapshot, aStep } from "./fixtures";
import { applyShared } from "./state";

const one = aStep("one", { kind: "vote", round: "r1" });
const two = aStep("two", { kind: "vote", round: "r2", position: 2 });
const before = aSnapshot({ steps: [one], rounds: [aRound("r1", { items: [anItem("i", { text: "Words" })] })] });

afterEach(() => vi.unstubAllGlobals());

test("what goes out of a phone's snapshot is still known, and what comes back is known once", () => {
  const session = { ...before.session, current: ["two"] };
  const arrived = applyShared(before, { type: "step.put", seq: 1, step: two });
  const after = applyShared(arrived, { type: "session.put", seq: 1, session });
  expect([after.steps.map(({ id }) => id), after.rounds]).toEqual([["two"], []]);
  const earlier = remember(NOTHING, before, after);
  expect([earlier.steps.map(({ id }) => id), earlier.rounds.map(({ id }) => id)]).toEqual([["one"], ["r1"]]);
  const back = { ...after, steps: [one, two] };
  expect(withEarlier(back, earlier).steps.map(({ id }) => id)).toEqual(["one", "two"]);
  expect(remember(earlier, back, back)).toBe(earlier);
});

test("a card that is redacted loses its words in what is remembered too", () => {
  const earlier: Earlier = { ...NOTHING, rounds: before.rounds };
  const item = anItem("i", { text: "", hidden: true });
  const told = follow(earlier, [{ type: "item.put", seq: 2, round: "r1", item }]);
  expect(JSON.stringify(told)).not.toContain("Words");
  expect(follow(earlier, [{ type: "item.put", seq: 2, round: "other", item }])).toBe(earlier);
});

test("an option that is redacted leaves the settings of its step as well", () => {
  const words = { nl: "Woorden", en: "Words" };
  const round = aRound("r1", { step: "s", items: [anItem("i", { card: null, text: "Woorden", words })] });
  const asked = {
    most: 3,
    live: false,
    approve: false,
    practice: false,
    rules: { ballot: "choice", most: 1 },
  } as const;
  const options = [words, { nl: "Anders", en: "Else" }];
  const step = aStep("s", { kind: "question", settings: { mode: "choice", options, ...asked } });
  const told = follow({ ...NOTHING, steps: [step], rounds: [round] }, [
    { type: "item.put", seq: 2, round: "r1", item: anItem("i", { card: null, text: "", words: null, hidden: true }) },
  ]);
  expect(JSON.stringify(told)).not.toContain("Woorden");
  expect(JSON.stringify(told)).toContain("Anders");
});

/** A server with these answers, one after the other. */
function serve(...answers: { status?: number; page?: object; mark?: string }[]): ReturnType<typeof vi.fn> {
  const answer = (): Promise<Response> => {
    const { status = 200, page, mark = "" } = answers.shift() ?? { status: 500 };
    return Promise.resolve(new Response(page ? JSON.stringify(page) : null, { status, headers: { ETag: mark } }));
  };
  const asked = vi.fn(answer);
  vi.stubGlobal("fetch", asked);
  return asked;
}
const page = (number: number, id: string, pages = 2): object => ({
  epoch: "e",
  number,
  pages,
  steps: [aStep(id)],
  rounds: [],
  results: [],
});

test("all pages are of one moment: when it changes between two of them it begins again", async () => {
  const asked = serve(
    { page: page(1, "old") },
    { page: page(2, "new") },
    { page: page(2, "one") },
    { page: page(2, "two"), mark: '"e-2"' },
  );
  const found = await fetchEarlier("CODE", null);
  expect(found?.earlier.steps.map(({ id }) => id)).toEqual(["one", "two"]);
  expect(found?.mark).toBe('"e-2"');
  expect(asked.mock.calls.map(([address]) => String(address).split("?")[1])).toEqual([
    "page=0",
    "page=1",
    "page=0",
    "page=1",
  ]);
});

test("what is known already is not fetched again, and what cannot be had is nothing", async () => {
  const known = { mark: '"e-2"', earlier: NOTHING };
  const asked = serve({ status: 304 });
  expect(await fetchEarlier("CODE", known)).toBe(known);
  expect(asked.mock.calls[0]?.[1]).toMatchObject({ headers: { "If-None-Match": '"e-2"' } });
  serve({ status: 403 });
  expect(await fetchEarlier("CODE", known)).toBeNull();
  vi.stubGlobal("fetch", () => Promise.reject(new TypeError("no network")));
  expect(await fetchEarlier("CODE", known)).toBeNull();
});
