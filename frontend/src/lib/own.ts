/** What one person sees of their own: what is stored, with on top of it what was tapped and is still on its way. */
import { cardOf, type EntryOf, type OutboxEntry } from "./entry";
import type { ClientView } from "./session-client";
import type { Aspect, OwnVoteDoc, PersonDoc, Reason } from "./wire.gen";

export interface OwnCard {
  /** The card's id, or the name of the command that writes it. */
  readonly id: string;
  /** Stays the same when the card gets its id, so that what stands open on it stays. */
  readonly name: string;
  readonly step: string;
  readonly pillar: string | null;
  readonly aspect: Aspect;
  readonly text: string;
  readonly hidden: boolean;
  readonly reason: Reason | null;
  readonly fixed: boolean;
  readonly at: number;
  readonly stored: boolean;
}

/** What stands on one item; null was taken back. */
export interface OwnMark {
  readonly value: OwnVoteDoc["value"];
  readonly stored: boolean;
}

/** Times of cards are coarse. */
const MINUTE = 60_000;

type Overlay = Pick<ClientView, "waiting" | "settling"> & Partial<Pick<ClientView, "names">>;

const taps = (view: Overlay): OutboxEntry[] =>
  [...view.settling, ...view.waiting].sort((one, two) => one.place - two.place);

export function personOf(view: ClientView): PersonDoc | null {
  return view.you?.as === "phone" ? view.you : null;
}

/** Newest first. */
export function ownCards(you: PersonDoc, view: Overlay): OwnCard[] {
  const cards = new Map<string, OwnCard>();
  for (const card of you.cards)
    cards.set(card.id, { ...card, name: view.names?.get(card.id) ?? card.id, stored: true });
  for (const entry of taps(view)) {
    const stored = entry.done !== null;
    if (entry.do === "card.write") {
      const name = cardOf(entry.key);
      const id = entry.done?.id ?? name;
      const { step, text, aspect, pillar = null } = entry.with;
      // The log may bring a card before its answer comes. One that has a name was written before.
      const isSame = (card: OwnCard): boolean =>
        card.name === card.id &&
        card.stored &&
        card.step === step &&
        card.text === text &&
        card.aspect === aspect &&
        (pillar === null || card.pillar === pillar) &&
        card.at >= entry.at - MINUTE;
      const came = stored ? cards.get(id) : [...cards.values()].find(isSame);
      if (came) cards.set(came.id, { ...came, name });
      else
        cards.set(id, {
          id,
          name,
          step,
          pillar,
          aspect,
          text,
          hidden: false,
          reason: null,
          fixed: false,
          at: entry.at,
          stored,
        });
    } else if (entry.do === "card.edit") {
      const card = cards.get(entry.with.card);
      if (!card) continue;
      const { text, aspect, pillar } = entry.with;
      cards.set(card.id, {
        ...card,
        text: text ?? card.text,
        aspect: aspect ?? card.aspect,
        pillar: pillar ?? card.pillar,
        stored: card.stored && stored,
      });
    } else if (entry.do === "card.withdraw") {
      cards.delete(entry.with.card);
    }
  }
  return [...cards.values()].sort((one, two) => two.at - one.at);
}

/** Item → mark, for one round. */
export function ownMarks(you: PersonDoc, view: Overlay, round: string): Map<string, OwnMark> {
  const marks = new Map<string, OwnMark & { tap: number }>();
  for (const { round: of, item, value, tap } of you.votes) {
    if (of === round) marks.set(item, { value, tap, stored: true });
  }
  for (const entry of taps(view)) {
    if (entry.do !== "vote.cast" || entry.with.round !== round) continue;
    const { item, value, tap } = entry.with;
    if ((marks.get(item)?.tap ?? -1) > tap) continue;
    marks.set(item, { value, tap, stored: entry.done !== null });
  }
  return marks;
}

/** Of answers that are not stored, the votes: the newest wish for each item of each round. */
export function newestVotes(entries: readonly OutboxEntry[]): EntryOf<"vote.cast">[] {
  const votes = entries.filter((entry): entry is EntryOf<"vote.cast"> => entry.do === "vote.cast");
  votes.sort((one, two) => one.place - two.place);
  return [...new Map(votes.map((entry) => [`${entry.with.round} ${entry.with.item}`, entry])).values()];
}

export function ownSector(you: PersonDoc, view: Overlay): string {
  let { sector } = you;
  for (const entry of taps(view)) if (entry.do === "sector.change") sector = entry.with.sector;
  return sector;
}
