/** Where items can be carried from: votes of this session, which the console knows, and results of other sessions. */
import type { RoundDoc, SnapshotDoc, Whose } from "../lib/wire.gen";
import { t, text, type Localised } from "../messages";
import { aboutItem } from "../parts/items";
import { choicesOf, inOrder } from "./rounds";
import { titleOf } from "./words";

export interface Source {
  readonly round: string;
  readonly name: string;
  /** In another session: what it holds is asked for. */
  readonly elsewhere: boolean;
}

export interface Carried {
  readonly item: string;
  readonly text: string;
  readonly about: string;
  /** As it was published; null: nothing was told of it, or not yet. */
  readonly place: number | null;
}

/** Votes of this session besides this one that hold something, the latest first. */
export function sourcesHere(doc: SnapshotDoc, round: RoundDoc): Source[] {
  const steps = new Map(doc.steps.map((step) => [step.id, step]));
  return doc.rounds
    .filter((other) => other.id !== round.id && other.items.length > 0 && steps.has(other.step))
    .sort(
      (one, other) =>
        (steps.get(other.step)?.position ?? 0) - (steps.get(one.step)?.position ?? 0) || other.number - one.number,
    )
    .map((other) => {
      const step = steps.get(other.step);
      const title = step ? titleOf(step) : "";
      const name = other.number > 1 ? t("{title}, round {n}", { title, n: other.number }) : title;
      return { round: other.id, name, elsewhere: false };
    });
}

/** What a vote of this session holds: by its result, where it was shown. Redacted ones do not come along. */
export function itemsHere(doc: SnapshotDoc, name: string): Carried[] {
  const round = doc.rounds.find((other) => other.id === name);
  if (!round) return [];
  const ordered = { ...round, items: inOrder(round) };
  return choicesOf(doc, ordered).filter(({ hidden }) => !hidden);
}

interface RoundElsewhere {
  readonly id: string;
  readonly session: Localised;
  readonly step: Localised;
  readonly number: number;
}

interface ItemElsewhere {
  readonly item: string;
  readonly text: Localised;
  readonly place: number | null;
  readonly whose: Whose;
  readonly document: string;
  readonly price: number | null;
}

/** Results of the programme's other sessions. Throws when they cannot be had. */
export async function sourcesElsewhere(address: string): Promise<Source[]> {
  const { rounds } = (await ask(address)) as { rounds: RoundElsewhere[] };
  return rounds.map(({ id, session, step, number }) => {
    const title = `${text(session)}: ${text(step)}`;
    return { round: id, name: number > 1 ? t("{title}, round {n}", { title, n: number }) : title, elsewhere: true };
  });
}

export async function itemsElsewhere(address: string, round: string): Promise<Carried[]> {
  const { items } = (await ask(`${address}?round=${round}`)) as { items: ItemElsewhere[] };
  return items
    .map(({ item, text: words, place, ...about }) => ({
      item,
      text: text(words),
      about: aboutItem({ card: null, ...about }),
      place,
    }))
    .sort((one, other) => (one.place ?? Infinity) - (other.place ?? Infinity) || 0);
}

async function ask(address: string): Promise<unknown> {
  const answer = await fetch(address, { headers: { Accept: "application/json" }, credentials: "same-origin" });
  if (!answer.ok) throw new Error(String(answer.status));
  return answer.json();
}

/** The best so many that were published: equal places go together, so there may be more. */
export const bestOf = (items: readonly Carried[], most: number): Set<string> =>
  new Set(items.flatMap(({ item, place }) => (place !== null && place <= most ? [item] : [])));
