import type { ItemDoc, ResultDoc, ResultItemDoc, RoundDoc } from "../lib/wire.gen";

export interface Row {
  readonly item: ItemDoc;
  readonly figures: ResultItemDoc;
  /** Equal figures share a place. */
  readonly place: number;
  readonly differs: boolean;
}

export type Picture = "heads" | "equal" | "apart";

/** Below this a difference between groups is not worth the room's time. */
const WORTH_TALKING = 0.3;
const MOST_TALK = 3;

/** Without groups that may be shown there is only the count of heads. */
export const picturesOf = (result: ResultDoc): Picture[] =>
  result.groups.length > 1 ? ["heads", "equal", "apart"] : ["heads"];

export function rowsFor(picture: Picture, round: RoundDoc, result: ResultDoc): Row[] {
  const figure = figureOf[picture];
  const differing = whereTheyDiffer(result);
  const known = new Map(round.items.map((item) => [item.id, item]));
  const pairs = result.items.flatMap((figures) => {
    const item = known.get(figures.item);
    return item ? [{ item, figures }] : [];
  });
  pairs.sort((a, b) => figure(b.figures) - figure(a.figures) || a.item.rank - b.item.rank);
  let place = 0;
  return pairs.map(({ item, figures }, index) => {
    const before = pairs[index - 1];
    if (!before || figure(before.figures) !== figure(figures)) place = index + 1;
    return { item, figures, place, differs: differing.has(item.id) };
  });
}

const figureOf: Record<Picture, (figures: ResultItemDoc) => number> = {
  heads: (figures) => figures.heads,
  equal: (figures) => figures.balanced ?? 0,
  apart: (figures) => figures.spread ?? 0,
};

/** The items the O's differ on most: at most three, and never more than half of all. */
export function whereTheyDiffer(result: ResultDoc): Set<string> {
  const most = Math.min(MOST_TALK, Math.floor(result.items.length / 2));
  const apart = result.items
    .filter(({ spread }) => spread !== null && spread >= WORTH_TALKING)
    .sort((a, b) => (b.spread ?? 0) - (a.spread ?? 0));
  return new Set(apart.slice(0, most).map(({ item }) => item));
}
