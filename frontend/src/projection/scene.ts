import { projectionKind } from "../kinds/projection";
import type { CardDoc, ResultDoc, RoundDoc, SnapshotDoc, StepDoc } from "../lib/wire.gen";

/** What the room looks at. `step`: what it is of. `asked`: what is on, when that is a step about another one. */
export type Scene =
  | { readonly kind: "lobby" }
  /** What a step asks or tells, large. */
  | { readonly kind: "prompt"; readonly step: StepDoc }
  | { readonly kind: "writing"; readonly step: StepDoc }
  | { readonly kind: "wall"; readonly step: StepDoc; readonly asked: StepDoc; readonly cards: readonly CardDoc[] }
  | { readonly kind: "voting"; readonly step: StepDoc; readonly round: RoundDoc | undefined }
  | { readonly kind: "tally"; readonly step: StepDoc; readonly asked: StepDoc; readonly round: RoundDoc }
  | {
      readonly kind: "result";
      readonly step: StepDoc;
      readonly asked: StepDoc;
      readonly round: RoundDoc;
      readonly result: ResultDoc;
    }
  /** Short answers, counted. */
  | { readonly kind: "words"; readonly step: StepDoc; readonly asked: StepDoc }
  /** Questions from the room. */
  | { readonly kind: "questions"; readonly step: StepDoc; readonly asked: StepDoc; readonly round: RoundDoc }
  | { readonly kind: "recess"; readonly step: StepDoc }
  | { readonly kind: "farewell"; readonly step: StepDoc }
  | { readonly kind: "between"; readonly step: StepDoc }
  /** The last step was closed. */
  | { readonly kind: "over"; readonly step: StepDoc };

export function sceneOf(snapshot: SnapshotDoc): Scene {
  const step = snapshot.steps.find(({ id }) => id === snapshot.session.now);
  if (!step || step.state === "planned") return { kind: "lobby" };
  const scene = projectionKind(step).sceneOf(snapshot, step, step);
  return scene.kind === "between" && snapshot.session.over ? { kind: "over", step } : scene;
}

/** Whether a clock stands there: while something is asked that has one. */
export function hasClock(scene: Scene): boolean {
  switch (scene.kind) {
    case "writing":
    case "voting":
    case "tally":
    case "recess":
      return isTimed(scene.step);
    case "questions":
      return isTimed(scene.step);
    case "words":
    case "wall":
      return !scene.step.revealed && isTimed(scene.step);
    default:
      return false;
  }
}

const isTimed = ({ state, deadline, paused }: StepDoc): boolean =>
  state === "open" && (deadline !== null || paused !== null);

/** The spoken and tested name of a scene changes with its step, not with every card. */
export const sceneKey = (scene: Scene): string => (scene.kind === "lobby" ? "lobby" : `${scene.kind} ${scene.step.id}`);
