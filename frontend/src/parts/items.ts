/** What is voted on, in words: one home for how an item that is no card is spoken of. */
import type { ItemDoc, RoundDoc, StepDoc, Whose } from "../lib/wire.gen";
import { t, text } from "../messages";
import { euros } from "./money";

type Spoken = Pick<ItemDoc, "card" | "whose" | "document" | "price"> & Partial<Pick<ItemDoc, "source">>;

/** Whose words an item is, as it stands beside them. A card has its own marks, and is a participant's by that; the team's
 *  answer to choose is a part of the question. */
export function whoseWords({ card, source, whose, document }: Omit<Spoken, "price">): string {
  if (card !== null || (source === "option" && whose === "team")) return "";
  if (whose === "document") return t("from: {document}", { document });
  return whose === "team" ? t("words of the team") : t("words of a participant");
}

export const priceWords = ({ price }: Pick<Spoken, "price">): string => (price === null ? "" : euros(price));

/** Price and whose words, in one line; empty where there is nothing to say. */
export const aboutItem = (item: Spoken): string =>
  [priceWords(item), whoseWords(item)].filter((words) => words !== "").join(" · ");

/** The question itself is voted on: its words stand above it already. */
export const isTheQuestion = (item: ItemDoc, step: StepDoc): boolean =>
  item.card === null && item.text === (text(step.prompt) || text(step.title));

/** To choose from. */
export const WHOSE: Record<Whose, () => string> = {
  team: () => t("The team’s"),
  participant: () => t("A participant’s"),
  document: () => t("A document’s"),
};

const known = new WeakMap<RoundDoc, RoundDoc>();

/** Items with words of their own have those of this page's language as their `text`, for every screen alike. A round that has
 *  none, or that was read before, stays the same object. */
export function inLanguage<Session extends { readonly rounds: readonly RoundDoc[] }>(session: Session): Session {
  if (!session.rounds.some(hasWords)) return session;
  return { ...session, rounds: session.rounds.map((round) => (hasWords(round) ? translated(round) : round)) };
}

const hasWords = ({ items }: RoundDoc): boolean => items.some(({ words }) => words !== null);

function translated(round: RoundDoc): RoundDoc {
  const found = known.get(round);
  if (found) return found;
  const items = round.items.map((item) => (item.words ? { ...item, text: text(item.words) } : item));
  const made = { ...round, items };
  known.set(round, made);
  return made;
}
