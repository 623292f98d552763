import { readFileSync } from "node:fs";

import { expect, it } from "vitest";

import { cleanText, lengthOf } from "./text";

const file = new URL("../../../tests/wordings.json", import.meta.url);
const wordings = JSON.parse(readFileSync(file, "utf8")) as { typed: string; stored: string }[];

it.each(wordings)("makes $typed what the server stores", ({ typed, stored }) => {
  expect(cleanText(typed)).toBe(stored);
  expect(cleanText(stored)).toBe(stored);
  expect(lengthOf(stored)).toBeLessThanOrEqual(lengthOf(typed));
});

it("drops half characters and NUL, which cannot be stored", () => {
  expect(cleanText("a\ud800b\0c")).toBe("abc");
});
