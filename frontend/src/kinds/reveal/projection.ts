import { t } from "../../messages";
import { projectionKind } from "../projection";
import type { ProjectionKind } from "../projection-kind";

export const projection: ProjectionKind = {
  sceneOf: (snapshot, step, asked) => {
    const subject = snapshot.steps.find(({ id }) => id === step.subject);
    const scene = subject && projectionKind(subject).sceneOf(snapshot, subject, asked);
    if (scene && "asked" in scene) return scene;
    // Nothing hangs: what it asks still stands there.
    return step.state === "open" ? { kind: "prompt", step } : { kind: "between", step: subject ?? step };
  },
  afterwards: () => t("We go on in a moment"),
};
