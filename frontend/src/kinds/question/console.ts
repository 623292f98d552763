import { t, tn } from "../../messages";
import type { ConsoleKind } from "../console-kind";
import { askPaperOfVote } from "../paper";
import { isQa, isVote } from "./mode";
import { missing, settingsOf } from "./modes";
import Panel from "./Panel.svelte";
import Settings from "./Settings.svelte";

export const desk = {
  name: () => t("Question"),
  settings: settingsOf,
  missing,
  Settings,
  Panel,
  answers: {
    counted: (n, all) => tn("{n} of {all} answered", "{n} of {all} answered", n, { all }),
    legend: () => t("solid: answered"),
    isHidden: (step) => !isQa(step) && !step.settings.practice,
    reveal: () => t("Show the answers…"),
    maybeHeld: (silent) =>
      tn(
        "One phone is silent and may still hold answers.",
        "{n} phones are silent and may still hold answers.",
        silent,
      ),
    askPaper: (step) =>
      isVote(step)
        ? askPaperOfVote()
        : t("Still answers on paper? Type them in first, so that they are counted with the others."),
    askSeal: () => t("It cannot be opened again then, and no answer can be added. The count is kept with it."),
  },
} satisfies ConsoleKind;
