import { readFileSync } from "node:fs";

import { describe, expect, it } from "vitest";

import { alikeOf, fold, likeness } from "./likeness";

const ASKED = [
  { text: "Wie beslist er straks over de invulling van het plein?" },
  { text: "Blijven er betaalbare ruimtes voor bedrijven in hun eerste drie jaar?" },
  { text: "Komt er ’s avonds weer een bus vanaf het station?" },
];

const file = new URL("../../../../tests/kinds/folded_words.json", import.meta.url);
const FOLDED = JSON.parse(readFileSync(file, "utf8")) as [text: string, folded: string][];

describe("fold", () => {
  it.each(FOLDED)("folds %j as the server does", (text, folded) => {
    expect(fold(text)).toBe(folded);
  });
});

describe("likeness", () => {
  it("finds the same question in other words", () => {
    expect(alikeOf("Is er straks nog betaalbare ruimte voor starters?", ASKED)).toEqual([ASKED[1]]);
    expect(alikeOf("Een bus naar het station, komt die er?", ASKED)).toEqual([ASKED[2]]);
  });

  it("finds none for another question on the same subject, for small words, and for nothing", () => {
    expect(alikeOf("Wordt het plein autovrij en wanneer horen de bewoners daarvan?", ASKED)).toEqual([]);
    expect(alikeOf("Wat is er over het?", ASKED)).toEqual([]);
    expect(likeness("", "")).toBe(0);
  });

  it("is the same with accents and capitals", () => {
    expect(likeness("Cafés op het terrein", "cafes terrein")).toBe(1);
  });
});
