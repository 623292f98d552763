import { number, t, tn } from "../../messages";
import { voteScene } from "../../projection/vote";
import type { ProjectionKind } from "../projection-kind";

export const projection = {
  sceneOf: voteScene,
  afterwards: () => t("The vote is closed"),
  counted: (n, of) =>
    of === null
      ? tn("{n} person has voted", "{n} people have voted", n)
      : tn("{n} of {all} has voted", "{n} of {all} have voted", n, { all: number(of) }),
} satisfies ProjectionKind;
