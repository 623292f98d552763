/** What ballots share in which an item is chosen or not (sessions/ballots/chosen.py): approve and choice. */
import { number, t, tn } from "../messages";
import type { Counted, StageBallot } from "./stage";

const counted = (heads: number): Counted => ({
  drawn: [{ as: "solid", n: heads, words: "" }],
  figure: number(heads),
  unit: tn("person", "people", heads),
  under: "",
});

export const chosenStage: Omit<StageBallot, "rule"> = {
  notes: () => ({
    heads: t("How many people chose it."),
    four: t("Share that chose it, averaged over the four."),
    those: t("Share that chose it, averaged over the O’s that voted."),
    apart: t("Share of each group that chose it, the widest difference first."),
    change: t("Share that chose it, in both rounds as they were shown."),
  }),
  total: (told) => tn("{n} choice", "{n} choices", told["choices"] ?? 0),
  published: ({ heads }) => counted(heads),
  live: (counts) => counted(counts?.[0] ?? 0),
  awaited: (threshold) =>
    tn("Choices show here once {n} person has voted", "Choices show here once {n} people have voted", threshold),
};
