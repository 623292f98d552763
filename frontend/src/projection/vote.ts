import type { RoundDoc, SnapshotDoc, StepDoc } from "../lib/wire.gen";
import type { Scene } from "./scene";

/** What the room sees of a step in which people vote. */
export function voteScene(snapshot: SnapshotDoc, step: StepDoc, asked: StepDoc): Scene {
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
