// @vitest-environment happy-dom
import "../../lib/page.fixture";

import { flushSync, mount, unmount } from "svelte";
import { afterEach, beforeEach, expect, it } from "vitest";

import { aResult, aRound, anItem, someFigures } from "../../lib/fixtures";
import { DEFAULT_RULES, type ResultItemDoc } from "../../lib/wire.gen";
import { addMessages, setLanguage } from "../../messages";
import stageWords from "../../messages/stage.nl.json";
import { said } from "../../parts/announcer.svelte";
import type { Group } from "../../parts/groups";
import { picturesOf, rowsFor } from "../../projection/results";
import { FIELD } from "../field/plan";
import { ownPicture } from "../pictures";
import { itemPoint } from "./division";
import Division from "./Division.svelte";

addMessages("nl", stageWords);

const TEXTS = { a: "Minder auto’s", b: "Een plein", c: "Eén loket" };
const round = aRound("r", {
  ballot: "opinion",
  rules: DEFAULT_RULES.opinion,
  items: Object.entries(TEXTS).map(([id, text], rank) => anItem(id, { text, rank })),
});
/** As worked out by hand in tests/e2e/ballots/opinion.py: of C too few of an O answered. */
const items: ResultItemDoc[] = [
  someFigures("a", { of: 20, share: 0.5, balanced: 3 / 7, shares: [1, 3 / 7, 1 / 7], spread: 6 / 7, place: 2 }),
  someFigures("b", { of: 20, share: 0.9, balanced: 13 / 14, shares: [1, 5 / 7, 1], spread: 2 / 7, place: 1 }),
  someFigures("c", { of: 15, share: 7 / 15, balanced: null, shares: [], spread: null, place: 3 }),
];
const NAMES = ["Onderwijs", "Onderzoek", "Ondernemers"];
const sectors = NAMES.map((name, at) => ({
  id: `s${at}`,
  key: name.toLowerCase(),
  name: { nl: name, en: name },
  letter: { nl: name.slice(0, 1), en: name.slice(0, 1) },
}));
const groups = sectors.map((sector) => ({ sectors: [sector], n: 6, name: sector.name.nl, alone: sector }));
const result = aResult("r", { n: 20, items, groups: groups.map(({ n }, at) => ({ sectors: [`s${at}`], n })) });
const plain = (text: string | null | undefined): string => (text ?? "").replace(/\s+/g, " ").trim();

let leave = (): void => undefined;
beforeEach(() => {
  setLanguage("nl");
  said.now = "";
});
afterEach(() => {
  leave();
  leave = () => undefined;
});

function show(chosen: string | null): void {
  const all = rowsFor("own", round, result);
  const rows = chosen === null ? all : all.filter(({ item }) => item.id === chosen);
  const props = {
    all,
    rows,
    round,
    result,
    groups: groups as unknown as Group[],
    fitted: { heights: [], small: false, head: 0 },
  };
  const mounted = mount(Division, { target: document.body, props });
  flushSync();
  leave = () => void unmount(mounted);
}

it("lies right by how many agree, every O the same weight, and high by how far the O's lie apart", () => {
  const { x, y } = itemPoint(items[0]!);
  expect([x, y].map(Math.round)).toEqual([Math.round((FIELD.width * 3) / 7), Math.round(FIELD.height / 7)]);
  show(null);
  const rows = [...document.querySelectorAll(".field li")].map((row) => plain(row.textContent));
  expect(rows).toEqual([
    `1 ${TEXTS.b} 93 % ‘Herken ik’; 29 %-punten uit elkaar`,
    `2 ${TEXTS.a} 43 % ‘Herken ik’; 86 %-punten uit elkaar`,
    "1 kaart staat er niet in: te weinig antwoorden van een O.",
  ]);
  expect(document.querySelectorAll(".field rect")).toHaveLength(2);
  expect(said.now).toBe("");
  expect(plain(ownPicture(round)?.note(round, result))).toBe("Elke O even zwaar.");
});

it("has the O's around the card that is turned to, and reads it aloud with the share of each", () => {
  show("a");
  expect(plain(document.querySelector(".field .chosen text")?.textContent)).toBe("2");
  expect(document.querySelectorAll(".field .apart")).toHaveLength(3);
  expect(plain(said.now)).toBe(
    `${TEXTS.a}. 43 % ‘Herken ik’; 86 %-punten uit elkaar. Onderwijs 100 %; Onderzoek 43 %; Ondernemers 14 %`,
  );
});

it("is a picture beside the three of shares, where the O's may be told apart", () => {
  expect(picturesOf(round, result, null)).toEqual(["heads", "equal", "apart", "own"]);
  expect(picturesOf(round, { ...result, groups: [], items: items.slice(2) }, null)).toEqual(["heads"]);
});
