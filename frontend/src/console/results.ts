import { ballotOfRound } from "../ballots/console";
import { inputOf } from "../kinds/facts";
import type { RoundDoc, SnapshotDoc, StepDoc } from "../lib/wire.gen";

export interface Row {
  readonly item: string;
  readonly text: string;
  readonly hidden: boolean;
  /** By the server, equal figures in one place; null while people vote. */
  readonly place: number | null;
  readonly heads: number;
  /** Whom the heads are of, where that is not the whole round. */
  readonly of: number | null;
  /** What is told besides, in words. */
  readonly told: string;
  /** Every O the same weight; null when no groups may be shown. */
  readonly balanced: number | null;
  readonly shares: readonly number[];
  readonly spread: number | null;
  /** More than chance; null when that was not tested. */
  readonly differs: boolean | null;
}

/** The vote the facilitator looks at: the one that is on, what a reveal is about, or the last one that was revealed. */
export function resultStep(agenda: readonly StepDoc[], now: StepDoc | null): StepDoc | null {
  const told = (step: StepDoc | undefined): StepDoc | null =>
    step &&
    inputOf(step) === "marks" &&
    step.round &&
    (step.revealed || (step.settings.live && step.opened_at !== null))
      ? step
      : null;
  const subject = agenda.find((step) => step.id === now?.subject);
  const before = now ? agenda.slice(0, agenda.indexOf(now)) : [];
  return (
    told(now ?? undefined) ??
    told(subject) ??
    told(before.reverse().find((step) => inputOf(step) === "marks" && step.revealed))
  );
}

/** A live round is counted by its tally, which is the newest; a revealed one by its result, in the order of its places. */
export function rowsOf(doc: SnapshotDoc, round: RoundDoc, revealed: boolean): Row[] {
  const result = doc.results.find((each) => each.round === round.id);
  const ballot = ballotOfRound(round);
  const items = new Map(round.items.map((item) => [item.id, item]));
  if (result && (revealed || !doc.now.tally?.[round.id])) {
    return result.items
      .map((told) => ({
        ...told,
        ...ballot.published(told, round),
        text: items.get(told.item)?.text ?? "",
        hidden: items.get(told.item)?.hidden ?? false,
      }))
      .sort((one, other) => one.place - other.place);
  }
  const tally = doc.now.tally?.[round.id] ?? {};
  return round.items
    .map((item) => ({
      item: item.id,
      text: item.text,
      hidden: item.hidden,
      place: null,
      ...ballot.live(tally[item.id] ?? null, round),
      balanced: null,
      shares: [],
      spread: null,
      differs: null,
    }))
    .sort((a, b) => shareOf(b) - shareOf(a) || b.heads - a.heads || (a.item < b.item ? -1 : 1));
}

const shareOf = ({ heads, of }: Row): number => (of === null ? heads : of === 0 ? 0 : heads / of);
