import type { RoundDoc, SnapshotDoc, StepDoc } from "../../lib/wire.gen";
import { number, t, tn } from "../../messages";
import type { ProjectionKind } from "../projection-kind";

export const projection = {
  sceneOf: (snapshot, step, asked) => {
    const round = roundOf(snapshot, step);
    const result = snapshot.results.find((of) => of.round === round?.id);
    if (round && step.revealed && result) return { kind: "result", step, asked, round, result };
    if (round && step.settings.live) return { kind: "tally", step, asked, round };
    return step.state === "open" ? { kind: "voting", step, round } : { kind: "between", step };
  },
  afterwards: () => t("The vote is closed"),
  counted: (n, of) =>
    of === null
      ? tn("{n} person has voted", "{n} people have voted", n)
      : tn("{n} of {all} has voted", "{n} of {all} have voted", n, { all: number(of) }),
} satisfies ProjectionKind;

/** The newest that was opened: the step names it. To a console it names one that is only prepared. */
function roundOf(snapshot: SnapshotDoc, step: StepDoc): RoundDoc | undefined {
  const named = snapshot.rounds.find(({ id }) => id === step.round);
  if (!named || !(named.number > 1) || wasOpened(named)) return named;
  return snapshot.rounds
    .filter((round) => round.step === step.id && wasOpened(round))
    .sort((one, other) => other.number - one.number)[0];
}

const wasOpened = (round: RoundDoc): boolean => round.open || round.closed || round.revealed;
