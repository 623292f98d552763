/** Local copies of one's own cards: when a card is redacted the server deletes its text everywhere, and this copy is the
 *  only one left. Shown to its person only. */
import { attempt } from "./indexed-db";
import type { OutboxEntry } from "./entry";
import type { OwnCard } from "./own";
import type { PersonDoc } from "./wire.gen";

interface Copies {
  person: number;
  texts: Record<string, string>;
}

export class OwnCopies {
  readonly #name: string;
  #copies: Copies | null;

  constructor(code: string) {
    this.#name = `cocreation:${code}:own`;
    this.#copies = attempt(() => JSON.parse(localStorage.getItem(this.#name) ?? "null") as Copies | null) ?? null;
  }

  /** Keep what the cards say now. `acknowledged`: commands that are stored, and may be redacted before they come back. */
  learn(you: PersonDoc, acknowledged: readonly OutboxEntry[]): void {
    const before = this.#copies?.person === you.seed ? this.#copies.texts : {};
    const said = new Map<string, string>();
    for (const entry of acknowledged) {
      const id = entry.do === "card.write" ? entry.done?.id : entry.do === "card.edit" ? entry.with.card : null;
      const words = entry.do === "card.write" || entry.do === "card.edit" ? entry.with.text : null;
      if (id && words && entry.done) said.set(id, words);
    }
    const texts: Record<string, string> = {};
    for (const { id, text } of you.cards) {
      const words = text || said.get(id) || before[id];
      if (words) texts[id] = words;
    }
    // Acknowledged, and not in a frame yet.
    for (const [id, words] of said) texts[id] ??= words;
    const isNew = this.#copies?.person !== you.seed;
    const names = Object.keys(texts);
    if (!isNew && names.length === Object.keys(before).length && names.every((id) => texts[id] === before[id])) return;
    this.#copies = { person: you.seed, texts };
    attempt(() => localStorage.setItem(this.#name, JSON.stringify(this.#copies)));
  }

  /** A redacted card with the words that only this phone still has, if it has them. */
  complete(card: OwnCard): OwnCard {
    return card.hidden && !card.text ? { ...card, text: this.#copies?.texts[card.id] ?? "" } : card;
  }

  /** Forget all of them: this browser belongs to no participant any more. */
  forget(): void {
    this.#copies = null;
    attempt(() => localStorage.removeItem(this.#name));
  }
}
