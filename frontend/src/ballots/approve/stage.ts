import { t } from "../../messages";
import { chosenStage } from "../chosen";
import type { StageBallot } from "../stage";
import { approveRules } from "./marks";

export const stage: StageBallot = {
  rule: (step, round) => {
    const { most } = approveRules(round, step.settings.rules);
    return `${most === null ? t("Choose all that you support") : t("Choose {n} at most", { n: most })}.`;
  },
  ...chosenStage,
};
