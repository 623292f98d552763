import { describe, expect, it } from "vitest";

import type { Aspect } from "../lib/wire.gen";
import { planPages, shareColumns, type Hanging } from "./wall";

const HEIGHT = 400;
const some = (name: string, n: number, height = 100): Hanging[] =>
  Array.from({ length: n }, (_, index) => ({ id: `${name}${index + 1}`, height }));
const pages = (counts: Partial<Record<Aspect, Hanging[]>>): string[] =>
  planPages((aspect) => counts[aspect] ?? [], HEIGHT).map((page) =>
    page.map(({ aspect, from, to, total, span }) => `${aspect}/${span} ${from}-${to} of ${total}`).join(", "),
  );

describe("planPages", () => {
  it("hangs hardware beside software, each in half of the page", () => {
    expect(pages({ hardware: some("h", 8), software: some("s", 8) })).toEqual([
      "hardware/2 1-8 of 8, software/2 1-8 of 8",
    ]);
  });
  it("gives the room of a section that is through to the other: 8 and 38 cards are three pages, none with an empty half", () => {
    expect(pages({ hardware: some("h", 8), software: some("s", 38) })).toEqual([
      "hardware/2 1-8 of 8, software/2 1-8 of 38",
      "software/4 9-24 of 38",
      "software/4 25-38 of 38",
    ]);
  });
  it("gives a short section no more than it needs", () => {
    expect(pages({ hardware: some("h", 2), software: some("s", 12) })).toEqual([
      "hardware/1 1-2 of 2, software/3 1-12 of 12",
    ]);
  });
  it("keeps the place of an empty one, and leaves out both and unsure when there are none", () => {
    expect(pages({ software: some("s", 3) })).toEqual(["hardware/1 0-0 of 0, software/3 1-3 of 3"]);
    expect(pages({})).toEqual(["hardware/2 0-0 of 0, software/2 0-0 of 0"]);
    expect(pages({ hardware: some("h", 1), software: some("s", 1), unsure: some("u", 6) })).toEqual([
      "hardware/1 1-1 of 1, software/1 1-1 of 1, unsure/2 1-6 of 6",
    ]);
  });
  it("hangs no column much longer than another, and each card once and in order", () => {
    const pages = planPages((aspect) => (aspect === "hardware" ? some("h", 5) : []), HEIGHT);
    expect(pages[0]?.[0]?.columns).toEqual([["h1", "h2"], ["h3", "h4"], ["h5"]]);
  });
  it("gives a card that is higher than a page a column of its own, and no page more", () => {
    const cards = [...some("a", 1), ...some("long", 1, 900), ...some("b", 1)];
    expect(pages({ hardware: cards })).toEqual(["hardware/3 1-3 of 3, software/1 0-0 of 0"]);
  });
});

describe("shareColumns", () => {
  it("leaves nothing over", () => {
    expect([shareColumns([9, 9], [30, 30]), shareColumns([1, 9], [2, 30]), shareColumns([1, 1], [1, 3])]).toEqual([
      [2, 2],
      [1, 3],
      [1, 3],
    ]);
    expect(shareColumns([2, 2, 2], [8, 8, 8])).toEqual([2, 1, 1]);
  });
});
