import { projectionKind } from "../kinds/projection";
import type { RoundDoc, SnapshotDoc, StepDoc } from "../lib/wire.gen";
import { t, text } from "../messages";
import type { Scene } from "./scene";
import { tied } from "./tied";

/** What is asked, in the biggest type; a step that asks nothing has its title. */
export const promptOf = (step: StepDoc): string => tied(text(step.prompt) || text(step.title));

/** Its words for reading. */
export const bodyOf = (step: StepDoc): string => tied(text(step.body));

/** What is asked of what hangs: by the step that is on, else by the one it came from. Nothing, when neither asks. */
export const questionOf = ({ asked, step }: { readonly asked: StepDoc; readonly step: StepDoc }): string =>
  tied(text(asked.prompt) || text(step.prompt));

/** "Choosing, round 2"; the first round is just the vote. */
export function titleOf(step: StepDoc, round: RoundDoc | undefined): string {
  const title = text(step.title);
  return round && round.number > 1 ? t("{title}, round {n}", { title, n: round.number }) : title;
}

/** What a closed step was, so that the room knows nothing is asked of it. */
export function afterwards(step: StepDoc): string {
  return projectionKind(step).afterwards();
}

/** The heading of a scene: the question, wherever there is one. */
export function headingOf(scene: Scene, session: SnapshotDoc["session"]): string {
  switch (scene.kind) {
    case "lobby":
      return text(session.title);
    case "prompt":
    case "writing":
    case "recess":
    case "farewell":
      return promptOf(scene.step);
    case "voting":
      return tied(text(scene.step.prompt)) || titleOf(scene.step, scene.round);
    case "tally":
      return questionOf(scene) || titleOf(scene.step, scene.round);
    case "words":
    case "questions":
      return questionOf(scene) || text(scene.step.title);
    case "wall":
      return questionOf(scene) || t("Cards: {title}", { title: text(scene.step.title) });
    case "result":
      return questionOf(scene) || t("Result: {title}", { title: titleOf(scene.step, scene.round) });
    case "between":
      return afterwards(scene.step);
    case "over":
      return t("That was it. Thank you!");
  }
}
