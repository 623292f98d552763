import type { DoneDoc, Picture, ResultDoc, RoundDoc, StepDoc } from "../lib/wire.gen";
import { number, t, text, tn } from "../messages";
import { withinChance } from "../parts/groups";
import type { Scene } from "../projection/scene";
import { tied } from "../projection/tied";

export function headingOf(scene: Scene): string {
  switch (scene.kind) {
    case "lobby":
      return t("Join in");
    case "tally":
      return scene.step.state === "open" ? ruleOf(scene.step, scene.round) : afterwards(scene.step);
    case "welcome":
    case "writing":
    case "voting":
      return promptOf(scene.step);
    case "break":
      return text(scene.step.title) || t("Break");
    case "result":
      return t("Result: {title}", { title: text(scene.step.title) });
    case "between":
      return afterwards(scene.step);
    case "over":
      return t("That was it. Thank you!");
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
  if (step.kind === "vote") {
    return done.of === null
      ? tn("{n} person has voted", "{n} people have voted", done.n)
      : tn("{n} of {all} has voted", "{n} of {all} have voted", done.n, { all: number(done.of) });
  }
  return done.of === null
    ? tn("{n} person wrote a card", "{n} people wrote a card", done.n)
    : tn("{n} of {all} wrote a card", "{n} of {all} wrote a card", done.n, { all: number(done.of) });
}

/** "Choosing, round 2"; the first round is just the vote. */
export function titleOf(step: StepDoc, round: RoundDoc | undefined): string {
  const title = text(step.title);
  return round && round.number > 1 ? t("{title}, round {n}", { title, n: round.number }) : title;
}

/** What is known of a result's differences: not compared with chance (yet), within it, or some beyond it. */
export type Chance = "unknown" | "within" | "beyond";

export const chanceOf = (result: ResultDoc): Chance =>
  result.chance === null ? "unknown" : result.items.some(({ differs }) => differs) ? "beyond" : "within";

interface Noted {
  readonly four: boolean;
  readonly chance: Chance;
  readonly absent: string;
}

export function pictureNote(picture: Picture, { four, chance, absent }: Noted): string {
  if (picture === "heads") return t("How many people put a dot on it.");
  if (picture === "change") return t("Share that put a dot on it, in both rounds as they were shown.");
  const parts: string[] = [];
  if (picture === "apart") {
    parts.push(t("Share of each group that put a dot on it, the widest difference first."));
    if (chance === "unknown") parts.push(t("Whether this is more than chance was not tested (yet)."));
    if (chance === "within") parts.push(withinChance());
  } else {
    parts.push(
      four
        ? t("Share that put a dot on it, averaged over the four.")
        : t("Share that put a dot on it, averaged over the O’s that voted."),
    );
    if (chance === "within") parts.push(t("The differences are within chance."));
  }
  if (chance === "beyond") parts.push(t("Highlighted: the O’s differ by more than chance."));
  if (absent) parts.push(absent);
  return parts.join(" ");
}
