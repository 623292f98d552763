import { describe, expect, it } from "vitest";

import type { Aspect, Picture, PillarDoc, ProjectorDoc, SnapshotDoc, StepDoc } from "../lib/wire.gen";
import type { Leaf } from "./leaves.svelte";
import { planPages } from "./wall";
import { hold, leafAt, leafBeside, nextTurn, showLeaf, showPicture, turnOf, whereIn } from "./turning";

const leaf = (picture: Picture, page: number, pages: number, ...cards: string[]): Leaf => ({
  picture,
  cards,
  page,
  pages,
  wall: null,
  rows: null,
});
const wall = [leaf("heads", 1, 3, "a", "b"), leaf("heads", 2, 3, "c"), leaf("heads", 3, 3, "d")];
const result = [
  leaf("heads", 1, 1, "a", "b"),
  leaf("equal", 1, 2, "b"),
  leaf("equal", 2, 2, "a"),
  leaf("apart", 1, 1, "b", "a"),
];
const at = (fields: Partial<ProjectorDoc> = {}): ProjectorDoc => ({
  step: "s",
  picture: "heads",
  first: null,
  held: false,
  card: null,
  at: 100_000,
  ...fields,
});

describe("leafAt", () => {
  it("finds the page by the card on it, wherever that stands now", () => {
    expect(leafAt(wall, at({ first: "c" }), 100_000, true)).toBe(1);
    expect(leafAt([leaf("heads", 1, 1, "a", "b", "c", "d")], at({ first: "c" }), 100_000, true)).toBe(0);
    expect(leafAt(result, at({ picture: "equal", first: "a" }), 0, false)).toBe(2);
  });
  it("begins at the first page of a picture, and at the first of all when there is none such", () => {
    expect(leafAt(result, at({ picture: "apart" }), 0, false)).toBe(3);
    expect(leafAt(result, at({ picture: "equal", first: "gone" }), 0, false)).toBe(1);
    expect(leafAt(wall, at({ picture: "change", first: "d" }), 0, true)).toBe(0);
  });
  it("turns by the server's clock from where it stood, so that all turn together, also one that comes later", () => {
    const seen = [99_000, 100_000, 111_999, 112_000, 124_000, 136_000].map((now) =>
      leafAt(wall, at({ first: "c" }), now, true),
    );
    expect(seen).toEqual([1, 1, 1, 2, 0, 1]);
    expect(nextTurn(wall, at(), 113_000, true)).toBe(124_000);
  });
  it("stands still when it is held, and for a result", () => {
    expect(leafAt(wall, at({ held: true }), 900_000, true)).toBe(0);
    expect([nextTurn(wall, at({ held: true }), 0, true), nextTurn(result, at(), 0, false)]).toEqual([null, null]);
  });
});

describe("the card that names a page", () => {
  const hang = (height: number, cards: Partial<Record<Aspect, readonly string[]>>): Leaf[] =>
    planPages((aspect) => (cards[aspect] ?? []).map((id) => ({ id, height: id === "h9" ? 60 : 100 })), height).map(
      (page, place, all) => ({
        ...leaf("heads", place + 1, all.length, ...page.flatMap(({ columns }) => columns.flat())),
        wall: { pillar: {} as PillarDoc, page },
      }),
    );
  const names = Array.from({ length: 30 }, (_, place) => `h${place + 1}`);
  const without = (gone: string): Leaf[] => hang(300, { hardware: names.filter((name) => name !== gone) });
  const whole = hang(300, { hardware: names });
  const name = showLeaf(whole[1]!).first!;
  it("stays on it when any other goes, before it or on it", () => {
    expect(whole[1]!.cards).toContain(name);
    for (const gone of names.filter((each) => each !== name)) {
      expect([gone, leafAt(without(gone), at({ first: name }), 0, false)]).toEqual([gone, 1]);
    }
  });
  it("has the one beside it on the same page", () => {
    const behind = names[names.indexOf(name) + 1]!;
    expect(leafAt(without(name), at({ first: behind }), 0, false)).toBe(1);
  });
  it("is of the heading that most hang under, and on the first page the first", () => {
    const mixed = hang(200, { hardware: ["a", "b", "c", "d", "e"], software: ["s", "t", "u", "v", "w", "x", "y"] });
    expect(mixed.map((each) => [each.cards.join(""), showLeaf(each).first])).toEqual([
      ["abcdstuv", "a"],
      ["ewxy", "x"],
    ]);
  });
});

describe("whereIn", () => {
  const doc = (stage: ProjectorDoc | null): SnapshotDoc => ({ session: { stage } }) as SnapshotDoc;
  const scene = { kind: "writing", step: { id: "s", opened_at: 5 } as StepDoc } as const;
  it("is what the session says of this step, and nothing of another", () => {
    expect(whereIn(doc(at({ held: true })), scene)?.held).toBe(true);
    expect(whereIn(doc(at({ step: "other", held: true })), scene)).toMatchObject({ step: "s", held: false, at: 5 });
    expect(whereIn(doc(null), { kind: "lobby" })).toBeNull();
  });
});

describe("turnOf", () => {
  const key = (name: string, leaves: readonly Leaf[], place: number, automatic: boolean, where = at()) =>
    turnOf(name, { leaves, at: place, where, automatic });
  it("goes straight to a picture by its number", () => {
    expect(key("3", result, 0, false)).toEqual(showPicture("apart"));
    expect([key("4", result, 0, false), key("2", wall, 0, true)]).toEqual([null, null]);
  });
  it("goes page by page through all pictures, and past no end", () => {
    expect(key("ArrowRight", result, 1, false)).toEqual(showLeaf(result[2]!));
    expect(key("PageUp", result, 1, false)).toEqual({ picture: "heads", first: "a", card: null });
    expect(key("PageDown", result, 3, false)).toBeNull();
  });
  it("goes round where pages turn by themselves, and holds the one that is shown", () => {
    expect(leafBeside(wall, 2, 1, true)).toBe(wall[0]);
    expect(key(" ", wall, 1, true)).toEqual(hold(wall[1]!, true));
    expect(key(" ", result, 1, false)).toBeNull();
  });
  it("takes away what stands large", () => {
    expect(key("Escape", wall, 0, true, at({ card: "a" }))).toEqual({ card: null });
    expect(key("Escape", wall, 0, true)).toBeNull();
  });
});
