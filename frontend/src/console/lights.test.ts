import { expect, test } from "vitest";

import type { HealthDoc, RoomDoc } from "../lib/wire.gen";
import { lightsOf } from "./lights";

const room = { people: { a: [40, 38, 0], b: [1, 0, 0] } } as unknown as RoomDoc;
const health: HealthDoc = { read: 5, commit: 20, storing: true, bell: "alone", silent_after: 12 };
const connected = { status: "connected", isLate: false, isSlow: false, behind: null } as const;
const said = (...given: Parameters<typeof lightsOf>): string[] =>
  lightsOf(...given).map(({ light, words, state }) => `${light} ${words}: ${state}`);

test("when all is well it is said of each", () => {
  expect(said(connected, { ...room, people: { a: [3, 3, 0] } }, health)).toEqual([
    "dot server: well",
    "dot database: well, within 20 ms",
    "dot bell: not needed, one process",
    "dot 3 of 3 phones: none is silent",
  ]);
});

test("each fault is told where it is, and what follows from it is not known", () => {
  expect(said({ ...connected, status: "offline" }, room, health)).toEqual([
    "circle server: out of reach",
    "half database: not known",
    "half bell: not known",
    "half phones: not known",
  ]);
  expect(said({ ...connected, isLate: true, behind: 1000 }, room, health)[0]).toBe("circle server: silent");
  expect(said({ ...connected, isSlow: true }, room, health)[0]).toBe(
    "half server: this network blocks live connections; over HTTP, a little slower",
  );
  expect(said({ ...connected, behind: Date.UTC(2026, 0, 1, 13, 4) }, room, health)[1]).toBe(
    "circle database: away since 14:04",
  );
  expect(said(connected, room, { ...health, storing: false })[1]).toBe("circle database: cannot store");
  expect(said(connected, room, { ...health, read: 2000 })[1]).toBe("half database: slow, up to 2 s");
  expect(said(connected, room, { ...health, bell: "away" })[2]).toBe("half bell: away, up to 2 s late");
  expect(said(connected, room, { ...health, bell: "well" })[2]).toBe("dot bell: well");
  expect(said(connected, room, health)[3]).toBe("half 38 of 41 phones: 3 silent over 12 s");
  expect(said(connected, null, null).slice(1)).toEqual([
    "half database: not known",
    "half bell: not known",
    "half phones: not known",
  ]);
});
