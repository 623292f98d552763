import { describe, expect, test } from "vitest";

import { wrongIn } from "../ballots/console";
import type { SessionDoc } from "../lib/wire.gen";
import { asChange, asNew, draftOf, emptyDraft, outOfRange } from "./draft";
import { asEdit, namingOf } from "./naming";
import { isLeftOut, momentOf } from "./planned";
import { step } from "./rows.fixture";

describe("the form of a step", () => {
  test("sends what its kind knows, with a title in both languages", () => {
    const sent = asNew({ ...emptyDraft(), kind: "vote", title_nl: " Kiezen " }, "a");
    expect(sent).toMatchObject({
      kind: "vote",
      after: "a",
      title_nl: "Kiezen",
      title_en: "Kiezen",
      settings: { rules: { ballot: "dots", budget: null, most: 1 }, live: false },
    });
    expect(sent.settings).not.toHaveProperty("max_cards");
    expect(sent.settings).not.toHaveProperty("silent");
  });

  test("leaves the number of dots of a new vote to the number of its cards", () => {
    expect(asNew({ ...emptyDraft(), kind: "vote", title_nl: "Kiezen" }, null).settings?.rules).toMatchObject({
      ballot: "dots",
      budget: null,
    });
  });

  test("sends only what was changed here", () => {
    const was = draftOf(step("a", { kind: "collect" }));
    expect(asChange({ ...was }, was, "a")).toBeNull();
    expect(asChange({ ...was, minutes: 9, pillar: "p1" }, was, "a")).toEqual({ step: "a", minutes: 9, pillar: "p1" });
  });
});

describe("the form of the session", () => {
  const session = {
    title: { nl: "Avond", en: "Evening" },
    kind: "workshop",
    planned_at: Date.UTC(2026, 2, 12, 18),
  } as SessionDoc;

  test("sends only what was changed here, with a title in both languages", () => {
    const was = namingOf(session);
    expect(was.planned).toBe("2026-03-12T19:00");
    expect(asEdit({ ...was }, was)).toEqual({});
    expect(asEdit({ ...was, title_en: " " }, was)).toEqual({ title_en: "Avond" });
    expect(asEdit({ ...was, kind: "event", planned: "" }, was)).toEqual({ kind: "event", planned_at: null });
    expect(asEdit({ ...was, planned: "2026-07-01T09:30" }, was)).toEqual({ planned_at: Date.UTC(2026, 6, 1, 7, 30) });
  });

  test("reads the wall clock at Kennispark, also in the nights when it is changed", () => {
    for (const [written, utc] of [
      ["2026-01-15T12:00", "2026-01-15T11:00Z"],
      ["2026-03-29T01:59", "2026-03-29T00:59Z"],
      ["2026-03-29T03:00", "2026-03-29T01:00Z"],
      ["2026-10-25T02:30", "2026-10-25T00:30Z"],
      ["2026-10-25T03:00", "2026-10-25T02:00Z"],
    ] as const) {
      expect(momentOf(written)).toBe(Date.parse(utc));
    }
    expect([isLeftOut("2026-03-29T02:30"), isLeftOut("2026-03-29T03:00"), isLeftOut("")]).toEqual([true, false, false]);
    for (const written of [
      "",
      "2026-03-29T02:30",
      "2027-03-28T02:30",
      "tomorrow",
      "1969-12-31T12:00",
      "2100-06-01T12:00",
      "20266-01-01T00:00",
    ]) {
      expect(momentOf(written)).toBeNull();
    }
  });
});

describe("a number that a field does not take", () => {
  const vote = { ...emptyDraft(), kind: "vote" as const };
  test("is named before anything is sent", () => {
    expect(outOfRange({ ...vote, minutes: -5 })).toBe("minutes");
    expect(outOfRange({ ...vote, minutes: 2.5 })).toBe("minutes");
    expect(wrongIn({ ballot: "dots", budget: 51, most: 1 })).toBe("Dots per person: a whole number from 1 to 50.");
    expect(wrongIn({ ballot: "dots", budget: null, most: 0 })).toBe("Dots on one card: a whole number from 1 to 50.");
  });
  test("does not matter where the kind has no such field, nor when it is empty", () => {
    expect(outOfRange({ ...vote, max_cards: 999 })).toBeNull();
    expect(outOfRange({ ...vote, minutes: 0 })).toBeNull();
  });
});
