import type { CardDoc, ResultDoc, RoundDoc, SnapshotDoc, StepDoc } from "../lib/wire.gen";

/** What the room looks at. `step`: what it is of. `asked`: what is on, when that is a step about another one. */
export type Scene =
  | { readonly kind: "lobby" }
  | { readonly kind: "welcome"; readonly step: StepDoc }
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
  | { readonly kind: "break"; readonly step: StepDoc }
  | { readonly kind: "between"; readonly step: StepDoc }
  /** The last step was closed. */
  | { readonly kind: "over"; readonly step: StepDoc };

export function sceneOf(snapshot: SnapshotDoc): Scene {
  const step = snapshot.steps.find(({ id }) => id === snapshot.session.now);
  if (!step || step.state === "planned") return { kind: "lobby" };
  const scene = sceneOfStep(snapshot, step);
  return scene.kind === "between" && snapshot.session.over ? { kind: "over", step } : scene;
}

function sceneOfStep(snapshot: SnapshotDoc, step: StepDoc): Scene {
  switch (step.kind) {
    case "welcome":
      return step.state === "open" ? { kind: "welcome", step } : { kind: "between", step };
    case "break":
      return step.state === "open" ? { kind: "break", step } : { kind: "between", step };
    case "collect":
      return collected(snapshot, step, step);
    case "vote":
      return voted(snapshot, step, step);
    case "reveal":
      return revealed(snapshot, step);
  }
}

/** Whether a clock stands there: while something is asked that has one. */
export function hasClock(scene: Scene): boolean {
  switch (scene.kind) {
    case "writing":
    case "voting":
    case "tally":
    case "break":
      return isTimed(scene.step);
    case "wall":
      return !scene.step.revealed && isTimed(scene.step);
    default:
      return false;
  }
}

const isTimed = ({ state, deadline, paused }: StepDoc): boolean =>
  state === "open" && (deadline !== null || paused !== null);

/** The spoken and tested name of a scene changes with its step, not with every card. */
export const sceneKey = (scene: Scene): string =>
  scene.kind === "lobby" ? "lobby" : `${scene.kind} ${scene.step.id}`;

function revealed(snapshot: SnapshotDoc, step: StepDoc): Scene {
  const subject = snapshot.steps.find(({ id }) => id === step.subject);
  const scene = subject && (subject.kind === "vote" ? voted : collected)(snapshot, subject, step);
  if (scene && "asked" in scene) return scene;
  // Nothing hangs: what it asks still stands there.
  return step.state === "open" ? { kind: "welcome", step } : { kind: "between", step: subject ?? step };
}

function collected(snapshot: SnapshotDoc, step: StepDoc, asked: StepDoc): Scene {
  const cards = snapshot.cards
    .filter((card) => card.step === step.id && !card.hidden)
    .sort((one, other) => one.rank - other.rank || (one.id < other.id ? -1 : 1));
  if (step.revealed) return { kind: "wall", step, asked, cards };
  // An open wall without a card would be a wall of empty headings: the question says more.
  if (!step.settings.silent && cards.length > 0) return { kind: "wall", step, asked, cards };
  return step.state === "open" ? { kind: "writing", step } : { kind: "between", step };
}

function voted(snapshot: SnapshotDoc, step: StepDoc, asked: StepDoc): Scene {
  const round = roundOf(snapshot, step);
  const result = snapshot.results.find((of) => of.round === round?.id);
  if (round && step.revealed && result) return { kind: "result", step, asked, round, result };
  if (round && step.settings.live) return { kind: "tally", step, asked, round };
  return step.state === "open" ? { kind: "voting", step, round } : { kind: "between", step };
}

/** The newest that was opened: the step names it. To a console it names one that is only prepared. */
function roundOf(snapshot: SnapshotDoc, step: StepDoc): RoundDoc | undefined {
  const named = snapshot.rounds.find(({ id }) => id === step.round);
  if (!named || !(named.number > 1) || wasOpened(named)) return named;
  return snapshot.rounds
    .filter((round) => round.step === step.id && wasOpened(round))
    .sort((one, other) => other.number - one.number)[0];
}

const wasOpened = (round: RoundDoc): boolean => round.open || round.closed || round.revealed;
