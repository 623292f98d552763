import type { Aspect } from "../lib/wire.gen";
import { WALL } from "./sheet";

/** A card of the wall and how high it is in a column. */
export interface Hanging {
  readonly id: string;
  readonly height: number;
}

/** The cards of one pillar about one aspect, as columns of a page. */
export interface Section {
  readonly aspect: Aspect;
  readonly columns: readonly (readonly string[])[];
  /** How many columns of the page are its own. */
  readonly span: number;
  /** The first and last shown here, counted from 1; 0 in an empty one. */
  readonly from: number;
  readonly to: number;
  readonly total: number;
}

/** A page of the wall: one pillar, its aspects side by side in columns of text. */
export type Page = readonly Section[];

const ALWAYS: readonly Aspect[] = ["hardware", "software"];
const ORDER: readonly Aspect[] = ["hardware", "software", "both", "unsure"];

/** Pages of one pillar. Hardware and software always have their place on the first, also empty; a section that is through
 *  gives its columns to the others. */
export function planPages(cardsOf: (aspect: Aspect) => readonly Hanging[], height: number): Page[] {
  const sections = ORDER.map((aspect) => ({ aspect, cards: cardsOf(aspect), at: 0 })).filter(
    ({ aspect, cards }) => ALWAYS.includes(aspect) || cards.length > 0,
  );
  const pages: Page[] = [];
  for (let first = true; first || sections.some(({ cards, at }) => at < cards.length); first = false) {
    const here = sections.filter(({ cards, at }) => at < cards.length || (first && cards.length === 0));
    const needs = here.map(({ cards, at }) => Math.max(1, flow(cards.slice(at), height).length));
    const shares = shareColumns(
      needs,
      here.map(({ cards, at }) => cards.length - at),
    );
    pages.push(
      here.map((section, place): Section => {
        const { aspect, cards, at } = section;
        const span = shares[place] as number;
        const columns = fill(cards.slice(at), span, height);
        section.at += columns.reduce((sum, column) => sum + column.length, 0);
        return { aspect, columns, span, from: section.at > at ? at + 1 : 0, to: section.at, total: cards.length };
      }),
    );
  }
  return pages;
}

/** Columns of a page among its sections: the same for each, less for one that needs less, and nothing left over. */
export function shareColumns(needs: readonly number[], cards: readonly number[], all: number = WALL.columns): number[] {
  const equal = Math.max(1, Math.floor(all / needs.length));
  const shares = needs.map((need) => Math.min(need, equal));
  const left = (): number => all - shares.reduce((sum, share) => sum + share, 0);
  const give = (wanting: (place: number) => number): boolean => {
    const most = Math.max(...needs.map((_, place) => wanting(place)));
    if (left() <= 0 || most <= 0) return false;
    shares[needs.findIndex((_, place) => wanting(place) === most)]! += 1;
    return true;
  };
  while (give((place) => (needs[place] as number) - (shares[place] as number)));
  // Nobody needs more: whoever has most cards a column hangs them wider apart.
  while (give((place) => ((cards[place] as number) + 0.01) / (shares[place] as number)));
  return shares;
}

/** As many columns as it takes. A card higher than a column has one of its own. */
function flow(cards: readonly Hanging[], height: number): string[][] {
  const columns: string[][] = [];
  let filled = Infinity;
  for (const card of cards) {
    if (filled + card.height > height) {
      columns.push([]);
      filled = 0;
    }
    columns.at(-1)?.push(card.id);
    filled += card.height;
  }
  return columns;
}

/** What hangs in so many columns: filled to the bottom when there is more, else no column much longer than another. */
function fill(cards: readonly Hanging[], columns: number, height: number): string[][] {
  const full = flow(cards, height);
  if (full.length > columns) return full.slice(0, columns);
  let [low, high] = [0, height];
  while (high - low > 1) {
    const middle = (low + high) / 2;
    if (flow(cards, middle).length <= columns) high = middle;
    else low = middle;
  }
  return flow(cards, high);
}
