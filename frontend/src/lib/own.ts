/** What one person sees of their own: what is stored, with on top of it what was tapped and is still on its way. */
import { cardOf, marksGiven, type EntryOf, type OutboxEntry } from "./entry";
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

/** What people give: the server has the same (sessions/domain/done.py). */
const ANSWERS: ReadonlySet<string> = new Set(["card.write", "card.edit", "card.withdraw", "vote.cast"]);

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
    const { tap } = entry.with;
    for (const { item, value } of marksGiven(entry)) {
      if ((marks.get(item)?.tap ?? -1) > tap) continue;
      marks.set(item, { value, tap, stored: entry.done !== null });
    }
  }
  return marks;
}

/** What was wished for an item and is not stored. */
export interface Wish {
  readonly key: string;
  readonly round: string;
  readonly item: string;
  readonly value: OwnVoteDoc["value"];
}

/** Of answers that are not stored, the votes: the newest wish for each item of each round. */
export function newestVotes(entries: readonly OutboxEntry[]): Wish[] {
  const votes = entries.filter((entry): entry is EntryOf<"vote.cast"> => entry.do === "vote.cast");
  votes.sort((one, two) => one.place - two.place);
  const newest = new Map<string, { readonly wish: Wish; readonly isAlone: boolean }>();
  for (const entry of votes) {
    const { round } = entry.with;
    const given = marksGiven(entry);
    for (const { item, value } of given) {
      const wish = { key: `${entry.key} ${item}`, round, item, value };
      newest.set(`${round} ${item}`, { wish, isAlone: given.length === 1 });
    }
  }
  // Of marks that belong together, one that is taken back says nothing.
  return [...newest.values()].flatMap(({ wish, isAlone }) => (isAlone || wish.value !== null ? [wish] : []));
}

/** Whether this person is done with a step, which is the one that is on. An answer after it takes it back. */
export function ownDone(you: PersonDoc, view: Overlay, step: string): boolean {
  let { done } = you;
  for (const entry of taps(view)) {
    if (entry.do === "step.done") done = entry.with.step === step && entry.with.on;
    else if (ANSWERS.has(entry.do)) done = false;
  }
  return done;
}

export function ownSector(you: PersonDoc, view: Overlay): string {
  let { sector } = you;
  for (const entry of taps(view)) if (entry.do === "sector.change") sector = entry.with.sector;
  return sector;
}
