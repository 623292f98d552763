import { describe, expect, it } from "vitest";

import { aCard, anItem, aRound, aSnapshot, aStep } from "../lib/fixtures";
import { largeCard } from "./large";
import { sceneOf } from "./scene";

describe("largeCard", () => {
  const wall = (sector: string | null) => {
    const doc = aSnapshot({
      steps: [aStep("one", { settings: { silent: false } })],
      cards: [aCard("c"), aCard("d", { sector })],
    });
    return largeCard(doc, sceneOf(doc), "c");
  };
  it("says where a card's O is not shown, though those of others are", () => {
    expect(wall("s1")).toMatchObject({ id: "c", sector: null, marked: true });
    expect(wall(null)).toMatchObject({ id: "c", sector: null, marked: false });
  });
  it("shows no O in a vote, and nothing that does not hang there", () => {
    const doc = aSnapshot({
      steps: [aStep("one", { kind: "vote", round: "r" })],
      rounds: [aRound("r", { items: [anItem("i", { card: "c" })] })],
      cards: [aCard("c", { sector: "s1", language: "en" })],
    });
    expect(largeCard(doc, sceneOf(doc), "c")).toMatchObject({ sector: null, marked: false, language: "en" });
    expect(largeCard(doc, sceneOf(doc), "d")).toBeNull();
  });
});
