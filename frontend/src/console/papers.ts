/** Paper ballots of a round, as a console knows them: number and O, never what stands on them. */
import { inputOf } from "../kinds/facts";
import type { ParticipantDoc, RoundDoc, SectorDoc, SnapshotDoc, StepDoc } from "../lib/wire.gen";
import { number, t, text } from "../messages";
import { openedRound } from "./rounds";

type Session = Pick<SnapshotDoc, "rounds" | "results" | "participants">;

const numberOf = ({ tag }: ParticipantDoc): number => Number(tag);

/** The round of a step in which paper is typed in: from its opening until it is closed for good. */
export const takesPaper = (doc: Session, step: StepDoc): RoundDoc | null =>
  inputOf(step) === "marks" && !step.settings.practice && !step.sealed && step.state !== "superseded"
    ? openedRound(doc, step)
    : null;

/** Those that count, the highest number first: what was typed last stands on top. */
export const papersOf = ({ participants }: Pick<Session, "participants">, round: RoundDoc | null): ParticipantDoc[] =>
  participants
    .filter(({ source, rounds }) => source === "scribed" && round !== null && rounds.includes(round.id))
    .sort((one, other) => numberOf(other) - numberOf(one));

/** The number that the next paper gets where none is typed. */
export const nextNumber = ({ participants }: Pick<Session, "participants">): number =>
  participants.reduce((highest, each) => Math.max(highest, each.source === "scribed" ? numberOf(each) || 0 : 0), 0) + 1;

/** "12 on paper: education 3, research 9". */
export function countPapers(papers: readonly ParticipantDoc[], sectors: readonly SectorDoc[]): string {
  const counted = sectors.flatMap((sector) => {
    const n = papers.filter((paper) => paper.sector === sector.id).length;
    return n > 0 ? [`${text(sector.name)} ${number(n)}`] : [];
  });
  const all = t("{n} on paper", { n: number(papers.length) });
  return counted.length > 0 ? `${all}: ${counted.join(", ")}` : all;
}
