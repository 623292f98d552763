import { t } from "../../messages";
import { boundsOf } from "../graded/numbers";
import { stageOfNumbers } from "../graded/stage";
import { endsOf, scaleRules } from "./marks";

export const stage = stageOfNumbers({
  rule: (step, round) => {
    const rules = scaleRules(round, step.settings.rules);
    const [low, high] = boundsOf(rules);
    const [lowest, highest] = endsOf(rules);
    return t("Give each a number: {low} {lowest}, {high} {highest}.", { low, lowest, high, highest });
  },
  bounds: (round) => boundsOf(scaleRules(round)),
});
