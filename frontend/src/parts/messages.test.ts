import { beforeEach, describe, expect, it } from "vitest";

import {
  addMessages,
  day,
  language,
  minutes,
  number,
  percent,
  setLanguage,
  t,
  tenths,
  text,
  timeOfDay,
  tn,
} from "../messages";

addMessages("nl", {
  "{n} of {all} wrote a card": "{n} van {all} schreven een kaart",
  "{n} card": ["{n} kaart", "{n} kaarten"],
});

describe("what the screens say", () => {
  beforeEach(() => setLanguage("nl"));

  it("finds the Dutch and fills its fields", () => {
    expect(t("{n} of {all} wrote a card", { n: 27, all: 38 })).toBe("27 van 38 schreven een kaart");
  });

  it("needs no catalogue for English", () => {
    setLanguage("en");
    expect(t("{n} of {all} wrote a card", { n: 27, all: 38 })).toBe("27 of 38 wrote a card");
    expect(language()).toBe("en");
  });

  it("says the English where there is no Dutch", () => {
    expect(t("Never translated")).toBe("Never translated");
  });

  it.each([
    [0, "0 kaarten", "0 cards"],
    [1, "1 kaart", "1 card"],
    [2, "2 kaarten", "2 cards"],
    [1200, "1.200 kaarten", "1,200 cards"],
  ])("counts %i", (n, dutch, english) => {
    expect(tn("{n} card", "{n} cards", n)).toBe(dutch);
    setLanguage("en");
    expect(tn("{n} card", "{n} cards", n)).toBe(english);
  });

  it("leaves alone what is no field of its own, in what people wrote too", () => {
    expect(t("{n} {other}", { n: "{other}" })).toBe("{other} {other}");
    expect(t("{constructor}", {})).toBe("{constructor}");
  });

  it("keeps what runs from right to left to itself", () => {
    expect(t("{n} of {all}", { n: "مرحبا", all: "Twente" })).toBe("\u2068مرحبا\u2069 of Twente");
  });

  it("chooses from a pair, and takes the other where one is empty", () => {
    expect(text({ nl: "Onderwijs", en: "Education" })).toBe("Onderwijs");
    expect(text({ nl: "", en: "Education" })).toBe("Education");
  });
});

describe("numbers and times", () => {
  beforeEach(() => setLanguage("nl"));

  it("shows the programme's time of day, summer and winter", () => {
    expect(timeOfDay("2026-07-01T17:42:00Z")).toBe("19:42");
    expect(timeOfDay("2026-01-01T18:42:00Z")).toBe("19:42");
    expect(timeOfDay("2026-01-01T23:05:00Z")).toBe("00:05");
  });

  it("writes a day in the page's language", () => {
    expect(day("2026-05-03T12:00:00Z")).toBe("3 mei 2026");
    setLanguage("en");
    expect(day("2026-05-03T12:00:00Z")).toBe("3 May 2026");
  });

  it("writes numbers and shares", () => {
    expect(number(50000)).toBe("50.000");
    expect(number(2.25, 1)).toBe("2,3");
    expect(percent(0.6)).toBe("60\u202f%");
    // 23 of 40: the product alone is 57.49….
    expect(percent(0.575)).toBe("58\u202f%");
    expect(tenths(0.0515 * 100)).toBe("5,2");
  });

  it.each([
    [267_000, "4:27"],
    [266_001, "4:27"],
    [5_000, "0:05"],
    [1, "0:01"],
    [0, "0:00"],
    [-4_000, "0:00"],
    [3_720_000, "1:02:00"],
  ])("shows %i ms as %s", (milliseconds, shown) => {
    expect(minutes(milliseconds)).toBe(shown);
  });
});
