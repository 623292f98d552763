// @vitest-environment happy-dom
import "../../lib/page.fixture";

import { flushSync, mount, unmount } from "svelte";
import { afterEach, describe, expect, it } from "vitest";

import { aCard, aSnapshot, aStep } from "../../lib/fixtures";
import type { CardDoc, PillarDoc, SnapshotDoc } from "../../lib/wire.gen";
import { addMessages, setLanguage, t, tn } from "../../messages";
import stageWords from "../../messages/stage.nl.json";
import Coverage from "./Coverage.svelte";
import { layOut } from "./covering";

addMessages("nl", stageWords);
let leave: () => void = () => undefined;
afterEach(() => {
  leave();
  leave = () => undefined;
});

const base = aSnapshot();
const [one, other] = ["s1", "s2"];
const sectors = [one, other].map((id, place) => ({
  id,
  key: id,
  shape: (["circle", "diamond"] as const)[place]!,
  name: { nl: id, en: id },
  hint: { nl: "", en: "" },
  letter: { nl: "A", en: "A" },
}));
const pillar: PillarDoc = { id: "p1", number: 1, name: { nl: "Pilaar", en: "Pillar" }, short: { nl: "P1", en: "P1" } };
const card = (id: string, aspect: CardDoc["aspect"], sector: string | null): CardDoc =>
  aCard(id, { step: "wall", pillar: pillar.id, aspect, sector });

function show(cards: CardDoc[], marked: string[]): void {
  const steps = [aStep("wall", { kind: "collect", state: "closed", revealed: true })];
  const snapshot: SnapshotDoc = aSnapshot({
    steps,
    cards,
    sectors,
    pillars: [pillar],
    session: { ...base.session, marked },
  });
  const start = { code: "KP73MX", join: "", qr: "", programme: { name: "P" } };
  const props = { snapshot, start: start as never, pillars: [pillar] };
  const mounted = mount(Coverage, { target: document.body, props });
  flushSync();
  leave = () => void unmount(mounted);
}

const cells = (): string[] =>
  [...document.querySelectorAll("tbody td")].map((cell) => (cell.textContent ?? "").replace(/\s+/g, " ").trim());

describe.each(["nl", "en"] as const)("in %s", (language) => {
  it("counts what bears a mark, and does not count out few cards without one", () => {
    setLanguage(language);
    const many = Array.from({ length: base.programme.threshold }, (_, n) => card(`m${n}`, "software", null));
    show([card("a", "hardware", one), card("b", "both", one), card("c", "hardware", null), ...many], [one]);
    expect(cells()).toEqual(["2", t("a few cards"), "1", String(base.programme.threshold)]);
    expect(document.querySelector("h1")?.textContent?.trim()).toBe(t("No cell is empty"));
    expect(document.querySelectorAll(".strip")).toHaveLength(3);
  });

  it("has the hole for a title", () => {
    setLanguage(language);
    show([card("a", "both", one), card("b", "hardware", other)], [one, other]);
    const empty = 1;
    const said = document.querySelector("h1")?.textContent ?? "";
    expect(cells().filter((cell) => cell === t("empty"))).toHaveLength(empty);
    expect(said).toContain(
      language === "nl" ? "s2: nog niets over de software van P1" : "s2: nothing yet about the software of P1",
    );
    expect(document.body.textContent).toContain(tn("Who fills this cell?", "Who fills these cells?", empty));
  });
});

describe("marks of the coverage", () => {
  const of = (groups: number, rows: number, most: number): ReturnType<typeof layOut> =>
    layOut({ groups, rows, most, height: 734 });
  it("have one size that leaves room for the most of a cell, and go when none does", () => {
    expect([of(4, 4, 11).mark, of(4, 4, 40).mark]).toEqual([18, 9]);
    expect(of(8, 8, 300).mark).toBe(0);
  });
  it("leave room for all rows", () => {
    for (const rows of [2, 4, 6, 8]) {
      const { head, row } = of(5, rows, 3);
      expect(head + rows * row).toBeLessThanOrEqual(734);
    }
  });
});
