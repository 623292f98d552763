import { t, tn } from "../../messages";
import type { ConsoleKind } from "../console-kind";
import { askPaperOfVote } from "../paper";
import Settings from "./Settings.svelte";

export const desk = {
  name: () => t("Vote"),
  settings: ["pillar", "rules", "live", "practice"],
  Settings,
  answers: {
    counted: (n, all) => tn("{n} of {all} voted", "{n} of {all} voted", n, { all }),
    legend: () => t("solid: voted"),
    isHidden: ({ settings }) => !settings.practice,
    reveal: () => t("Reveal the results…"),
    maybeHeld: (silent) =>
      tn("One phone is silent and may still hold votes.", "{n} phones are silent and may still hold votes.", silent),
    askPaper: askPaperOfVote,
    askSeal: () => t("It cannot be opened again then. The count is kept with it."),
  },
} satisfies ConsoleKind;
