import { ownPicture } from "../ballots/pictures";
import { stageBallot, type Notes } from "../ballots/stage";
import { projectionKind } from "../kinds/projection";
import type { DoneDoc, Picture, ResultDoc, RoundDoc, StepDoc } from "../lib/wire.gen";
import { number, t, tn } from "../messages";
import { phonesWork } from "../parts/practice";
import { withinChance } from "../parts/groups";

/** What a vote lets people do, in one line. */
export const ruleWords = (step: StepDoc, round: RoundDoc | undefined): string =>
  stageBallot(round, step).rule(step, round);

/** One undivided count, or nothing: under the threshold even the count would tell. */
export function countOf(step: StepDoc, done: DoneDoc | null | undefined): string {
  if (!done || done.step !== step.id) return "";
  const answered = done.n === null ? "" : answeredOf(step, done.n, done.of);
  const paper = done.paper ? t("{n} on paper", { n: number(done.paper) }) : "";
  return [answered, paper, doneOf(done)].filter(Boolean).join(" · ");
}

const answeredOf = (step: StepDoc, n: number, of: number | null): string =>
  step.settings.practice
    ? phonesWork(n, of === null ? null : number(of))
    : (projectionKind(step).counted?.(n, of) ?? "");

/** How many said that they are done. */
const doneOf = ({ said, of }: DoneDoc): string =>
  said === null
    ? ""
    : of === null
      ? tn("{n} done", "{n} done", said)
      : tn("{n} of {all} done", "{n} of {all} done", said, { all: number(of) });

/** What is known of a result's differences: not compared with chance (yet), within it, or some beyond it. */
export type Chance = "unknown" | "within" | "beyond";

export const chanceOf = (result: ResultDoc): Chance =>
  result.chance === null ? "unknown" : result.items.some(({ differs }) => differs) ? "beyond" : "within";

interface Noted {
  readonly four: boolean;
  readonly chance: Chance;
}

export function pictureNote(
  picture: Picture,
  notes: Notes,
  { four, chance }: Noted,
  round: RoundDoc,
  result: ResultDoc,
): string {
  if (picture === "heads") return notes.heads;
  if (picture === "own") return ownPicture(round)?.note(round, result) ?? "";
  if (picture === "change") return notes.change;
  const parts: string[] = [];
  if (picture === "apart") {
    parts.push(notes.apart);
    if (chance === "unknown") parts.push(t("Whether this is more than chance was not tested (yet)."));
    if (chance === "within") parts.push(withinChance());
  } else {
    parts.push(four ? notes.four : notes.those);
    if (chance === "within") parts.push(t("The differences are within chance."));
  }
  if (chance === "beyond") parts.push(t("Highlighted: the O’s differ by more than chance."));
  return parts.join(" ");
}
