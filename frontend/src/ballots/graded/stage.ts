/** What a projector says of ballots in which every item gets one number. */
import type { RoundDoc, StepDoc } from "../../lib/wire.gen";
import { number, t, tenths, tn } from "../../messages";
import type { Counted, StageBallot } from "../stage";
import { meanOf, readLive, unsureWords, valuesOf, type Bounds } from "./numbers";

interface Said {
  /** What a vote lets people do, in one line. */
  readonly rule: (step: StepDoc, round: RoundDoc | undefined) => string;
  readonly bounds: (round: RoundDoc) => Bounds;
}

export const awaited = (threshold: number): string =>
  tn(
    "Answers show here once {n} person has answered an item",
    "Answers show here once {n} people have answered an item",
    threshold,
  );

export const totalOf = (told: Readonly<Record<string, number>>): string =>
  tn("{n} answer", "{n} answers", told["seen"] ?? 0);

/** Of so many people, and what is said of the others who answered. */
export const behind = (of: number, others: string): string =>
  [tn("{n} person", "{n} people", of), others].filter(Boolean).join(", ");

function counted(mean: number, of: number, seen: number, bars: readonly number[], bounds: Bounds): Counted {
  return {
    drawn: [],
    bars: of === 0 ? [] : valuesOf(bounds).map((value, place) => ({ label: number(value), n: bars[place] ?? 0 })),
    figure: of === 0 ? "–" : tenths(mean),
    unit: t("of {n}", { n: number(bounds[1]) }),
    under: of === 0 ? "" : behind(of, unsureWords(seen, of)),
  };
}

export const stageOfNumbers = ({ rule, bounds }: Said): StageBallot => ({
  rule,
  notes: () => ({
    heads: t("The mean, and how many people gave each number."),
    four: t("The mean, averaged over the four."),
    those: t("The mean, averaged over the O’s that voted."),
    apart: t("The mean of each group, the widest difference first."),
    change: t("The mean, in both rounds as they were shown."),
  }),
  total: totalOf,
  published: ({ of, told, means }, round) =>
    counted(meanOf(means), of, told["seen"] ?? of, means[0]?.histogram ?? [], bounds(round)),
  live: (counts, round) => {
    const { seen, of, means, bars } = readLive(counts, 1);
    return counted(means[0] ?? 0, of, seen, bars, bounds(round));
  },
  awaited,
});
