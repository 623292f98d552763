import { projectionKind } from "../kinds/projection";
import { dotsRules } from "../lib/dots";
import type { DoneDoc, Picture, ResultDoc, RoundDoc, StepDoc } from "../lib/wire.gen";
import { t, tn } from "../messages";
import { withinChance } from "../parts/groups";

/** A step may leave the budget to the number of cards; its round knows what came of that. */
const budgetOf = (step: StepDoc, round: RoundDoc | undefined): number | null =>
  dotsRules(round)?.budget ?? step.settings.budget ?? null;

/** "Place 5 dots" */
function ruleOf(step: StepDoc, round: RoundDoc | undefined): string {
  const budget = budgetOf(step, round);
  return budget === null ? t("Place your dots") : tn("Place {n} dot", "Place {n} dots", budget);
}

function limitOf(step: StepDoc, round: RoundDoc | undefined): string {
  const most = Math.min(dotsRules(round)?.most ?? step.settings.max_per_item ?? 1, budgetOf(step, round) ?? Infinity);
  return tn("At most {n} dot on a card", "At most {n} dots on a card", most);
}

/** What a vote lets people do, in one line. */
export const ruleWords = (step: StepDoc, round: RoundDoc | undefined): string =>
  `${ruleOf(step, round)}. ${limitOf(step, round)}.`;

/** One undivided count, or nothing: under the threshold even the count would tell. */
export function countOf(step: StepDoc, done: DoneDoc | null | undefined): string {
  if (!done || done.step !== step.id || done.n === null) return "";
  return projectionKind(step).counted?.(done.n, done.of) ?? "";
}

/** What is known of a result's differences: not compared with chance (yet), within it, or some beyond it. */
export type Chance = "unknown" | "within" | "beyond";

export const chanceOf = (result: ResultDoc): Chance =>
  result.chance === null ? "unknown" : result.items.some(({ differs }) => differs) ? "beyond" : "within";

interface Noted {
  readonly four: boolean;
  readonly chance: Chance;
}

export function pictureNote(picture: Picture, { four, chance }: Noted): string {
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
  return parts.join(" ");
}
