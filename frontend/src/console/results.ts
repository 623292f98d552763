import { ballotOfRound, type Behind } from "../ballots/console";
import { ownPicture } from "../ballots/pictures";
import { inputOf } from "../kinds/facts";
import type { Picture, ProjectorDoc, RoundDoc, SnapshotDoc, StepDoc } from "../lib/wire.gen";
import { aboutItem } from "../parts/items";
import { rowsFor } from "../projection/results";
import type { Scene } from "../projection/scene";

export interface Row {
  readonly item: string;
  readonly text: string;
  /** Whose words it is and what it costs, where there is something to say. */
  readonly about: string;
  readonly hidden: boolean;
  /** By the server, equal figures in one place; null while people vote, and where rows stand in another order. */
  readonly place: number | null;
  readonly heads: number;
  /** Whom the heads are of, where that is not the whole round. */
  readonly of: number | null;
  /** What is told besides, in words. */
  readonly told: string;
  /** In place of a share of heads, and of the groups' shares. */
  readonly figure?: string;
  readonly unit?: string;
  readonly parts?: readonly string[];
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

/** The picture of this round that the projectors show; of another scene, the first one. */
export function pictureOf(scene: Scene, where: ProjectorDoc | null, round: RoundDoc): Picture {
  return scene.kind === "result" && scene.round.id === round.id ? (where?.picture ?? "heads") : "heads";
}

/** A live round is counted by its tally, which is the newest; a revealed one by its result, in the order of a picture. */
export function rowsOf(doc: SnapshotDoc, round: RoundDoc, revealed: boolean, picture: Picture): Row[] {
  const result = doc.results.find((each) => each.round === round.id);
  const ballot = ballotOfRound(round);
  if (result && (revealed || !doc.now.tally?.[round.id])) {
    const isRanked = !ownPicture(round)?.isAlone;
    // Before and after has only the items of both rounds: here all stand, in the order of this round.
    return rowsFor(picture === "change" ? "equal" : picture, round, result).map(({ item, figures, place }) => ({
      ...figures,
      ...ballot.published(figures, round, isEqual(picture)),
      place: isRanked ? place : null,
      text: item.text,
      about: aboutItem(item),
      hidden: item.hidden,
    }));
  }
  const tally = doc.now.tally?.[round.id] ?? {};
  return round.items
    .map((item) => ({
      item: item.id,
      text: item.text,
      about: aboutItem(item),
      hidden: item.hidden,
      place: null,
      ...ballot.live(tally[item.id] ?? null, round),
      balanced: null,
      shares: [],
      spread: null,
      differs: null,
    }))
    .sort((a, b) => scoreOf(b) - scoreOf(a) || b.heads - a.heads || (a.item < b.item ? -1 : 1));
}

/** Whether every O has the same weight in a picture. */
export const isEqual = (picture: Picture): boolean => picture !== "heads";

const scoreOf = ({ heads, of, score }: Pick<Behind, "heads" | "of" | "score">): number =>
  score ?? (of === null ? heads : of === 0 ? 0 : heads / of);
