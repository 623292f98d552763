import { beforeEach, expect, it } from "vitest";

import { setLanguage } from "../messages";
import { countReasons, hiddenLine } from "./reasons";

beforeEach(() => setLanguage("en"));

it("says how many are hidden and why, without which", () => {
  expect(hiddenLine({ off_topic: 1, name: 1 })).toBe("2 cards hidden: a name, off topic");
  expect(hiddenLine({ double: 3 })).toBe("3 cards hidden: there already");
  expect(hiddenLine({ unknown: 1 })).toBe("1 card hidden");
  expect(hiddenLine({ unknown: 1, rude: 1 })).toBe("2 cards hidden: rude");
  expect(hiddenLine({})).toBe("");
});

it("counts what has a reason", () => {
  expect(countReasons([{ reason: null }, { reason: "rude" }, { reason: "rude" }])).toEqual({ rude: 2 });
});
