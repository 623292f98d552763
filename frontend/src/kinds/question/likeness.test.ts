import { describe, expect, it } from "vitest";

import { alikeOf, fold, likeness } from "./likeness";

const ASKED = [
  { text: "Wie beslist er straks over de invulling van het plein?" },
  { text: "Blijven er betaalbare ruimtes voor bedrijven in hun eerste drie jaar?" },
  { text: "Komt er ’s avonds weer een bus vanaf het station?" },
];

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
    expect(fold("  Één  CAFÉ ")).toBe("een cafe");
    expect(likeness("Cafés op het terrein", "cafes terrein")).toBe(1);
  });
});
