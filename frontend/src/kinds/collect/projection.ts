import { number, t, tn } from "../../messages";
import type { ProjectionKind } from "../projection-kind";

export const projection = {
  sceneOf: (snapshot, step, asked) => {
    const cards = snapshot.cards
      .filter((card) => card.step === step.id && !card.hidden)
      .sort((one, other) => one.rank - other.rank || (one.id < other.id ? -1 : 1));
    if (step.revealed) return { kind: "wall", step, asked, cards };
    // An open wall without a card would be a wall of empty headings: the question says more.
    if (!step.settings.silent && cards.length > 0) return { kind: "wall", step, asked, cards };
    return step.state === "open" ? { kind: "writing", step } : { kind: "between", step };
  },
  afterwards: () => t("Writing is closed"),
  counted: (n, of) =>
    of === null
      ? tn("{n} person wrote a card", "{n} people wrote a card", n)
      : tn("{n} of {all} wrote a card", "{n} of {all} wrote a card", n, { all: number(of) }),
} satisfies ProjectionKind;
