import { factsOf } from "../kinds/facts";
import { t } from "../messages";
import { afterwards } from "../projection/heading";
import { hasClock, type Scene } from "../projection/scene";

/** In words what the room sees now. `large`: one card has it to itself. */
export function projected(scene: Scene, large: boolean): string {
  if (large) return t("one card, large");
  const timed = hasClock(scene);
  switch (scene.kind) {
    case "lobby":
      return t("title and join code");
    case "prompt":
      return factsOf(scene.step).showsSubject ? t("the question") : t("welcome and join code");
    case "writing":
      return timed ? t("question and clock, no cards") : t("the question, no cards");
    case "wall":
      return t("the cards, by pillar");
    case "words":
      return timed ? t("the words as they come in, and the clock") : t("the words, the most said first");
    case "questions":
      return t("the questions, the most supported first");
    case "voting":
      return timed ? t("question and clock, no results") : t("the question, no results");
    case "tally":
      if (scene.step.state !== "open") return t("how it stands; the vote is closed");
      return timed ? t("question and clock, live results") : t("the question, live results");
    case "result":
      return t("the results");
    case "recess":
      return timed ? t("break and clock") : t("break");
    case "farewell":
      return t("thanks and what happens next");
    case "between":
      return afterwards(scene.step);
    case "over":
      return t("thanks and the way to the receipt code");
  }
}
