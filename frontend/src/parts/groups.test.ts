import { expect, it } from "vitest";

import { absentWords, areFour, groupSpan, lateWords, readGroups, sameGroups } from "./groups";

const sector = (key: string) => ({
  key,
  shape: "circle" as const,
  name: { nl: key, en: key },
  letter: { nl: "X", en: "X" },
});
const sectors = ["w", "z", "n", "h"].map(sector);
const name = ({ key }: { key: string }): string => key;

it("names a pool by all its O's and gives it one n", () => {
  const [alone, pool] = readGroups(
    [
      { sectors: ["w"], n: 10 },
      { sectors: ["z", "h"], n: 6 },
    ],
    sectors,
    name,
  );
  expect([alone?.name, alone?.alone?.key, alone?.n]).toEqual(["w", "w", 10]);
  expect([pool?.name, pool?.alone, pool?.n]).toEqual(["z + h", null, 6]);
});

it("counts O's, not groups, as four", () => {
  const read = (...groups: string[][]) =>
    areFour(
      readGroups(
        groups.map((of) => ({ sectors: of, n: 9 })),
        sectors,
        name,
      ),
    );
  expect(read(["w"], ["z", "h"], ["n"])).toBe(true);
  expect(read(["w"], ["z"], ["n"])).toBe(false);
});

it("says who was absent and what came late, or nothing", () => {
  expect(absentWords(["h", "w"], sectors, name)).toBe("w, h: nobody voted.");
  expect(absentWords([], sectors, name)).toBe("");
  expect(lateWords(1)).toBe("1 ballot came after the result and does not count here.");
  expect(lateWords(3)).toBe("3 ballots came after the result and do not count here.");
  expect(lateWords(0)).toBe("");
});

it("compares groups by their O's, not by their n", () => {
  const one = [
    { sectors: ["w"], n: 1 },
    { sectors: ["z", "h"], n: 2 },
  ];
  expect(
    sameGroups(
      one,
      one.map((group) => ({ ...group, n: 99 })),
    ),
  ).toBe(true);
  expect(
    sameGroups(one, [
      { sectors: ["w", "z"], n: 1 },
      { sectors: ["h"], n: 2 },
    ]),
  ).toBe(false);
  expect(sameGroups(one, one.slice(1))).toBe(false);
});

it("gives a pool room for its marks", () => {
  expect(groupSpan(1)).toBe(24);
  expect(groupSpan(3)).toBeGreaterThan(groupSpan(2));
});
