import { t } from "../../messages";
import type { ProjectionKind } from "../projection-kind";

export const projection = {
  sceneOf: (_, step) => ({ kind: step.state === "open" ? "prompt" : "between", step }),
  afterwards: () => t("We go on in a moment"),
} satisfies ProjectionKind;
