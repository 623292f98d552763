import { number, t, tn } from "../../messages";
import { voteScene } from "../../projection/vote";
import type { ProjectionKind } from "../projection-kind";
import { isQa, isVote } from "./mode";

export const projection = {
  sceneOf: (snapshot, step, asked) => {
    if (isVote(step)) return voteScene(snapshot, step, asked);
    const round = snapshot.rounds.find(({ id }) => id === step.round);
    if (isQa(step)) {
      // Questions hang on after the step was closed: some are still to be answered.
      if (round && step.state !== "planned") return { kind: "questions", step, asked, round };
      return step.state === "open" ? { kind: "prompt", step } : { kind: "between", step };
    }
    if (step.revealed || (step.settings.live && step.summary)) return { kind: "words", step, asked };
    return step.state === "open" ? { kind: "writing", step } : { kind: "between", step };
  },
  afterwards: () => t("The question is closed"),
  counted: (n, of) =>
    of === null
      ? tn("{n} person answered", "{n} people answered", n)
      : tn("{n} of {all} answered", "{n} of {all} answered", n, { all: number(of) }),
} satisfies ProjectionKind;
