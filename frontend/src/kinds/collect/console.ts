import { t, tn } from "../../messages";
import type { ConsoleKind } from "../console-kind";
import Settings from "./Settings.svelte";

export const desk = {
  name: () => t("Write cards"),
  settings: ["pillar", "silent", "max_cards", "practice"],
  Settings,
  answers: {
    counted: (n, all) => tn("{n} of {all} wrote a card", "{n} of {all} wrote a card", n, { all }),
    legend: () => t("solid: wrote a card"),
    isHidden: ({ settings }) => settings.silent === true && !settings.practice,
    reveal: () => t("Reveal the cards…"),
    maybeHeld: (silent) =>
      tn("One phone is silent and may still hold cards.", "{n} phones are silent and may still hold cards.", silent),
    askPaper: () => t("Still cards on paper? Type them in first: after the reveal they come up one by one."),
    askSeal: () => t("It cannot be opened again then, and no card can be added. The count is kept with it."),
  },
} satisfies ConsoleKind;
