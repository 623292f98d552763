import { readFileSync } from "node:fs";

import { expect, it } from "vitest";

import { lengthOf } from "./text";
import { tabTitle } from "./title";

const file = new URL("../../../tests/titles.json", import.meta.url);
const titles = JSON.parse(readFileSync(file, "utf8")) as { page: string; of: string; title: string }[];

it.each(titles)("makes $title, as the server does", ({ page, of, title }) => {
  expect(tabTitle(page, of)).toBe(title);
  expect(lengthOf(title)).toBeLessThanOrEqual(70);
});
