import { describe, expect, it } from "vitest";

import { aCard, anItem, aResult, aRound, aSnapshot, aStep } from "../lib/fixtures";
import type { SnapshotDoc, StepDoc } from "../lib/wire.gen";
import { headingOf } from "./heading";
import { sceneOf } from "./scene";

const both = (words: string) => ({ nl: words, en: words });
const words = (of: string) => ({
  title: both(`title of ${of}`),
  prompt: both(`question of ${of}?`),
  body: both(`body of ${of}`),
  notes: null,
});
const on = (over: Partial<StepDoc>): StepDoc => aStep("now", { round: "r", ...words("now"), ...over });
const wall = aStep("w", { state: "closed", revealed: true, ...words("the cards") });
const vote = aStep("v", { kind: "vote", state: "closed", revealed: true, round: "r", ...words("the vote") });

const filled: Partial<SnapshotDoc> = {
  cards: [aCard("c", { step: "now" }), aCard("d", { step: "w" })],
  rounds: [aRound("r", { items: [anItem("i")] })],
};
const published = { ...filled, results: [aResult("r")] };

function heading(fields: Partial<SnapshotDoc>, ...steps: StepDoc[]): string {
  const doc = aSnapshot({ ...fields, steps });
  doc.session.now = "now";
  return headingOf(sceneOf(doc), doc.session);
}

describe("the heading of what the room looks at", () => {
  it.each([
    ["a welcome", {}, [on({ kind: "welcome" })]],
    ["silent writing", filled, [on({})]],
    ["an open wall", filled, [on({ settings: { silent: false } })]],
    ["an open wall without a card", {}, [on({ settings: { silent: false } })]],
    ["a wall that was revealed", filled, [on({ state: "closed", revealed: true })]],
    ["a vote", filled, [on({ kind: "vote" })]],
    ["a vote with its count", filled, [on({ kind: "vote", settings: { live: true } })]],
    [
      "a vote with its count that was closed",
      filled,
      [on({ kind: "vote", settings: { live: true }, state: "closed" })],
    ],
    ["a result", published, [on({ kind: "vote", state: "closed", revealed: true })]],
    ["a reveal of cards", filled, [on({ kind: "reveal", subject: "w" }), wall]],
    ["a reveal of a result", published, [on({ kind: "reveal", subject: "v" }), vote]],
    [
      "a reveal of a vote with its count",
      filled,
      [on({ kind: "reveal", subject: "v" }), { ...vote, settings: { live: true }, revealed: false }],
    ],
    ["a reveal of what is not shown yet", filled, [on({ kind: "reveal", subject: "v" }), { ...vote, revealed: false }]],
    ["a reveal of nothing", {}, [on({ kind: "reveal" })]],
    ["a break", {}, [on({ kind: "break" })]],
  ])("is the question in %s", (_, fields, steps) => {
    expect(heading(fields, ...steps)).toBe("question of now?");
  });

  it("is the question of what hangs where the step that shows it asks none", () => {
    const shows = on({ kind: "reveal", subject: "v", prompt: both("") });
    expect(heading(published, shows, vote)).toBe("question of the vote?");
    expect(heading(filled, { ...shows, subject: "w" }, wall)).toBe("question of the cards?");
  });

  it("is what is shown where nobody asks anything", () => {
    const mute = { prompt: both("") };
    expect(heading(filled, on({ settings: { silent: false }, ...mute }))).toBe("Cards: title of now");
    expect(heading(published, on({ kind: "vote", state: "closed", revealed: true, ...mute }))).toBe(
      "Result: title of now",
    );
    expect(heading(filled, on({ kind: "vote", settings: { live: true }, ...mute }))).toBe("title of now");
    expect(heading({}, on({ kind: "break", ...mute }))).toBe("title of now");
  });

  it("asks nothing any more once a step is closed and shows nothing", () => {
    expect(heading(filled, on({ state: "closed" }))).toBe("Writing is closed");
    expect(heading(filled, on({ kind: "vote", state: "closed" }))).toBe("The vote is closed");
  });

  it("is the title of the session before the first step, whether the door is open or closed", () => {
    expect(heading({}, on({ state: "planned" }))).toBe("Werkplaats");
  });
});
