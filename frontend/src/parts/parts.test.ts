import { readFileSync } from "node:fs";

import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { spacedCode, spelledCode } from "./code";
import { remaining } from "./countdown.svelte";
import { announce, announceCount, said } from "./announcer.svelte";
import { pillarPath, SHAPES, shapeOf } from "./shapes";

describe("clock", () => {
  const now = (): number => 1_000_000;

  it("counts to the deadline and stops at nothing", () => {
    expect(remaining({ deadline: 1_004_000, pausedLeft: null, now })).toBe(4_000);
    expect(remaining({ deadline: 999_000, pausedLeft: null, now })).toBe(0);
  });

  it("stands still while paused", () => {
    expect(remaining({ deadline: 1_004_000, pausedLeft: 90_000, now })).toBe(90_000);
  });

  it("shows nothing when nobody set it", () => {
    expect(remaining({ deadline: null, pausedLeft: null, now })).toBeNull();
  });
});

describe("join code", () => {
  it("stands in two halves and is spelled for those who hear it", () => {
    expect(spacedCode("kp73mx")).toBe("KP7 3MX");
    expect(spacedCode("ABCD2345")).toBe("ABCD 2345");
    expect(spelledCode("kp7 3mx")).toBe("K P 7 3 M X");
  });
});

describe("marks", () => {
  it("has eight shapes, none drawn twice", () => {
    const drawings = Object.values(SHAPES);
    expect(drawings).toHaveLength(8);
    expect(new Set(drawings.flatMap(({ solid, open }) => [solid, open])).size).toBe(16);
  });

  it("has drawn letters for the shape they stand in", () => {
    expect(SHAPES.triangle.letters?.["N"]).toBeDefined();
    expect(SHAPES.circle.letters?.["N"]).toBeUndefined();
  });

  it("has a shape where none was told", () => {
    expect(shapeOf({})).toBe(SHAPES.house);
  });

  it("gives a pillar as many columns as its number", () => {
    expect(pillarPath(3).match(/M/g)).toHaveLength(3);
    expect(pillarPath(4).match(/M/g)).toHaveLength(4);
  });
});

describe("what is said aloud", () => {
  const cards = (n: number): string => `${n} new cards`;

  beforeEach(() => {
    vi.useFakeTimers({ now: 10_000_000 });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it("makes one sentence of a burst, at most every ten seconds", () => {
    for (let card = 0; card < 100; card += 1) {
      announceCount("cards", 1, cards);
      vi.advanceTimersByTime(250);
    }
    vi.advanceTimersByTime(10_000);
    expect(said.log.map((line) => line.words)).toEqual(["1 new cards", "39 new cards", "40 new cards", "20 new cards"]);
  });

  it("says the same thing twice when it happened twice", () => {
    announce("Saved");
    const first = said.now;
    announce("Saved");
    expect(said.now).not.toBe(first);
    expect(said.now.trim()).toBe("Saved");
  });
});

describe("tokens", () => {
  const tokens = readFileSync(new URL("../style/tokens.css", import.meta.url), "utf8");
  const list = (start: string): string[] => {
    const from = tokens.indexOf("{", tokens.indexOf(start) + start.length - 1) + 1;
    return tokens
      .slice(from, tokens.indexOf("}", from))
      .split("\n")
      .map((line) => line.trim())
      .filter(Boolean);
  };

  it("are as dark by choice as by the system", () => {
    const chosen = list(':root[data-theme="dark"] {');
    expect(chosen.length).toBeGreaterThan(20);
    expect(list(':root:not([data-theme="light"]) {')).toEqual(chosen);
  });
});
