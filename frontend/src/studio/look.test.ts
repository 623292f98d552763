import { describe, expect, it } from "vitest";

import { NOTHING_OFF } from "./choose";
import { type Look, readLook, writeLook } from "./look";

const ROUNDS = ["a", "b"];
const USUAL: Look = { round: "b", off: NOTHING_OFF, weight: "groups", words: "", sort: "place" };

describe("what is looked at", () => {
  it("stands in the address, and comes out of it as it was", () => {
    const look: Look = {
      round: "a",
      off: {
        pillars: new Set([2, 3]),
        aspects: new Set(["both"]),
        sectors: new Set(["", "onderwijs"]),
        sources: new Set(["scribed"]),
        steps: new Set(["Wonen, werken & meer", "50 %"]),
      },
      weight: "heads",
      words: "één fiets",
      sort: "apart",
    };
    expect(readLook(writeLook(look, "", ROUNDS), ROUNDS)).toEqual(look);
  });

  it("adds nothing to the address where it is as usual", () => {
    expect(writeLook(USUAL, "", ROUNDS)).toBe("");
    expect(readLook("", ROUNDS)).toEqual(USUAL);
  });

  it("leaves the rest of the address as it is", () => {
    expect(writeLook({ ...USUAL, words: " fiets " }, "?lang=en&words=oud", ROUNDS)).toBe("?lang=en&words=fiets");
  });

  it("is as usual where the address is cut off or names what is not there", () => {
    expect(readLook("?round=gone&sort=x&weight=y&no-steps=%25E0%25A", ROUNDS)).toEqual(USUAL);
    expect(readLook("", [])).toEqual({ ...USUAL, round: "" });
  });
});
