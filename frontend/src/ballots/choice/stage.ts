import { t } from "../../messages";
import { chosenStage } from "../chosen";
import type { StageBallot } from "../stage";
import { choiceRules } from "./marks";

export const stage: StageBallot = {
  rule: (step, round) => {
    const { most } = choiceRules(round, step.settings.rules);
    return `${most === 1 ? t("Choose one") : t("Choose {n} at most", { n: most })}.`;
  },
  ...chosenStage,
};
