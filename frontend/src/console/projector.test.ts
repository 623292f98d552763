import { describe, expect, it } from "vitest";

import { aCard, anItem, aResult, aRound, aSnapshot, aStep } from "../lib/fixtures";
import type { SnapshotDoc, StepDoc } from "../lib/wire.gen";
import { sceneOf } from "../projection/scene";
import { projected } from "./projector";

const on = (over: Partial<StepDoc>): StepDoc => aStep("one", { round: "r", ...over });
const filled: Partial<SnapshotDoc> = { cards: [aCard("c")], rounds: [aRound("r", { items: [anItem("i")] })] };
const published = { ...filled, results: [aResult("r")] };
const subject = aStep("two", { kind: "vote", state: "closed", round: "r" });

function told(fields: Partial<SnapshotDoc>, ...steps: StepDoc[]): string {
  return projected(sceneOf(aSnapshot({ ...fields, steps })), false);
}

describe("what the console says is on the projector", () => {
  it.each([
    ["title and join code", {}, [on({ state: "planned" })]],
    ["welcome and join code", {}, [on({ kind: "welcome" })]],
    ["We go on in a moment", {}, [on({ kind: "welcome", state: "closed" })]],
    ["break and clock", {}, [on({ kind: "break", deadline: 9 })]],
    ["break", {}, [on({ kind: "break" })]],
    ["question and clock, no cards", filled, [on({ deadline: 9 })]],
    ["question and clock, no cards", filled, [on({ paused: 9 })]],
    ["the question, no cards", filled, [on({})]],
    ["Writing is closed", filled, [on({ state: "closed" })]],
    ["the question, no cards", {}, [on({ settings: { silent: false } })]],
    ["the cards, by pillar", filled, [on({ settings: { silent: false } })]],
    ["the cards, by pillar", filled, [on({ state: "closed", revealed: true })]],
    ["question and clock, no results", filled, [on({ kind: "vote", deadline: 9 })]],
    ["the question, no results", filled, [on({ kind: "vote" })]],
    ["The vote is closed", filled, [on({ kind: "vote", state: "closed" })]],
    ["question and clock, live results", filled, [on({ kind: "vote", settings: { live: true }, deadline: 9 })]],
    ["the question, live results", filled, [on({ kind: "vote", settings: { live: true } })]],
    ["how it stands; the vote is closed", filled, [on({ kind: "vote", settings: { live: true }, state: "closed" })]],
    ["the results", published, [on({ kind: "vote", state: "closed", revealed: true })]],
    ["the results", published, [on({ kind: "reveal", subject: "two" }), { ...subject, revealed: true }]],
    ["the question", filled, [on({ kind: "reveal", subject: "two" }), subject]],
    ["The vote is closed", filled, [on({ kind: "reveal", subject: "two", state: "closed" }), subject]],
  ])("is: %s", (words, fields, steps) => {
    expect(told(fields, ...steps)).toBe(words);
  });

  it("is one card where one stands large, and the thanks at the end", () => {
    const hanging = sceneOf(aSnapshot({ ...filled, steps: [on({ settings: { silent: false } })] }));
    expect(projected(hanging, true)).toBe("one card, large");
    const doc = aSnapshot({ steps: [on({ kind: "welcome", state: "closed" })] });
    doc.session.over = true;
    expect(projected(sceneOf(doc), false)).toBe("thanks and the way to the receipt code");
  });
});
