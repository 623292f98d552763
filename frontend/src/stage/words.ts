import type { DoneDoc, RoundDoc, StepDoc } from "../lib/wire.gen";
import { number, t, text, tn } from "../messages";
import type { Picture } from "./results";
import type { Scene } from "./scene";
import { tied } from "./tied";

export function headingOf(scene: Scene): string {
  switch (scene.kind) {
    case "lobby":
      return t("Join in");
    case "voting":
      return ruleOf(scene.step, scene.round);
    case "tally":
      return scene.step.state === "open" ? ruleOf(scene.step, scene.round) : afterwards(scene.step);
    case "welcome":
    case "writing":
      return promptOf(scene.step);
    case "break":
      return text(scene.step.title) || t("Break");
    case "result":
      return t("Result: {title}", { title: text(scene.step.title) });
    case "between":
      return afterwards(scene.step);
    default:
      return text(scene.step.title);
  }
}

export const promptOf = (step: StepDoc): string => tied(text(step.prompt) || text(step.title));

/** A step may leave the budget to the number of cards; its round knows what came of that. */
const budgetOf = (step: StepDoc, round: RoundDoc | undefined): number | null => round?.budget ?? step.budget;

/** "Place 5 dots" */
export function ruleOf(step: StepDoc, round: RoundDoc | undefined): string {
  const budget = budgetOf(step, round);
  return budget === null ? t("Place your dots") : tn("Place {n} dot", "Place {n} dots", budget);
}

export function limitOf(step: StepDoc, round: RoundDoc | undefined): string {
  const most = Math.min(round?.max_per_item ?? step.max_per_item, budgetOf(step, round) ?? Infinity);
  return tn("At most {n} dot on a card", "At most {n} dots on a card", most);
}

/** What a closed step was, so that the room knows nothing is asked of it. */
export function afterwards(step: StepDoc): string {
  if (step.kind === "collect") return t("Writing is closed");
  if (step.kind === "vote") return t("The vote is closed");
  return t("We go on in a moment");
}

/** One undivided count, or nothing: under the threshold even the count would tell. */
export function countOf(step: StepDoc, done: DoneDoc | null | undefined): string {
  if (!done || done.step !== step.id || done.n === null) return "";
  const n = number(done.n);
  if (step.kind === "vote") {
    return done.of === null
      ? tn("{n} person has voted", "{n} people have voted", done.n)
      : t("{n} of {all} have voted", { n, all: number(done.of) });
  }
  return done.of === null
    ? tn("{n} person wrote a card", "{n} people wrote a card", done.n)
    : t("{n} of {all} wrote a card", { n, all: number(done.of) });
}

export function pictureTitle(picture: Picture, four: boolean): string {
  if (picture === "heads") return t("Every person counts once");
  if (picture === "apart") return t("Where the O’s differ most");
  return four ? t("Four O’s, each the same weight") : t("Every group, the same weight");
}

export function pictureNote(picture: Picture, four: boolean, pooled: boolean, differs: boolean): string {
  const parts: string[] = [];
  if (picture === "heads") return t("How many people put a dot on it.");
  if (picture === "apart") parts.push(t("Share of each group that put a dot on it, the widest difference first."));
  else {
    parts.push(
      four
        ? t("Share that put a dot on it, averaged over the four.")
        : t("Share that put a dot on it, averaged over the groups."),
    );
    if (differs) parts.push(t("Highlighted: where the O’s differ most."));
  }
  if (pooled) parts.push(t("Small groups are taken together."));
  return parts.join(" ");
}
