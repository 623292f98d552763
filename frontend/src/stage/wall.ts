import type { Aspect } from "../lib/wire.gen";
import { placeCards, type Fitted, type Place } from "./packing";

/** A wall of cards in pages: columns are pillars, rows are aspects. */
export interface Section {
  readonly aspect: Aspect;
  /** One per pillar on this page. */
  readonly cells: readonly Cell[];
  readonly rows: number;
}

export interface Cell {
  readonly places: readonly Place[];
  readonly total: number;
  /** The first and last shown here, counted from 1; 0 in an empty cell. */
  readonly from: number;
  readonly to: number;
}

export type Page = readonly Section[];

export interface Plan {
  readonly columns: number;
  /** Rows of cards a page has room for under so many headings. */
  readonly rowsUnder: (headings: number) => number;
  /** The cards of a cell, each with the shapes it fits in. */
  readonly cellOf: (aspect: Aspect, pillar: number) => readonly Fitted[];
  readonly pillars: number;
}

const FIRST: readonly Aspect[] = ["hardware", "software"];
const REST: readonly Aspect[] = ["both", "unsure"];

/** Hardware and software always stand there; what is both or unsure joins them where all of it fits on one page,
 *  and has pages of its own where it does not. */
export function planWall(plan: Plan): Page[] {
  const rest = REST.filter((aspect) => {
    for (let pillar = 0; pillar < plan.pillars; pillar += 1) {
      if (plan.cellOf(aspect, pillar).length > 0) return true;
    }
    return false;
  });
  if (rest.length === 0) return pagesOf(plan, FIRST);
  const all = [...FIRST, ...rest];
  if (plan.rowsUnder(all.length) >= all.length) {
    const together = pagesOf(plan, all);
    if (together.length === 1) return together;
  }
  return [...pagesOf(plan, FIRST), ...pagesOf(plan, rest)];
}

function pagesOf(plan: Plan, aspects: readonly Aspect[]): Page[] {
  const budget = Math.max(aspects.length, plan.rowsUnder(aspects.length));
  const share = Math.floor(budget / aspects.length);
  const spread = (aspect: Aspect, rows: number): Place[][][] =>
    Array.from({ length: plan.pillars }, (_, pillar) =>
      placeCards(plan.cellOf(aspect, pillar), plan.columns, rows),
    );
  let rows = aspects.map(() => share);
  let cells = aspects.map((aspect) => spread(aspect, share));
  const turns = cells.map((of) => Math.max(...of.map((pages) => pages.length)));
  if (turns.some((count) => count > 1)) {
    rows = allotRows(cells.map(rowsUsed), turns, share, budget);
    cells = aspects.map((aspect, index) => spread(aspect, rows[index] as number));
  }
  const count = Math.max(1, ...cells.flat().map((pages) => pages.length));
  return Array.from({ length: count }, (_, page) =>
    aspects.map((aspect, index) => ({
      aspect,
      rows: rows[index] as number,
      cells: (cells[index] as Place[][][]).map((pages) => cellOn(pages, page)),
    })),
  );
}

const rowsUsed = (pillars: Place[][][]): number =>
  Math.max(1, ...pillars.flat(2).map((place) => place.row + place.rows));

/** Rows that a short section leaves empty go to the sections that need more pages. */
export function allotRows(
  used: readonly number[],
  turns: readonly number[],
  share: number,
  budget: number,
): number[] {
  const rows = used.map((need, index) => ((turns[index] as number) > 1 ? share : Math.min(need, share)));
  let spare = budget - rows.reduce((sum, row) => sum + row, 0);
  const long = rows.flatMap((_, index) => ((turns[index] as number) > 1 ? [index] : []));
  for (let turn = 0; spare > 0 && long.length > 0; turn += 1, spare -= 1) {
    rows[long[turn % long.length] as number]! += 1;
  }
  return rows;
}

/** A cell that has no more pages keeps its last one while its neighbours go on turning. */
function cellOn(pages: readonly (readonly Place[])[], page: number): Cell {
  const total = pages.reduce((sum, places) => sum + places.length, 0);
  const at = Math.min(page, pages.length - 1);
  const places = pages[at] ?? [];
  const before = pages.slice(0, Math.max(0, at)).reduce((sum, of) => sum + of.length, 0);
  return { places, total, from: places.length > 0 ? before + 1 : 0, to: before + places.length };
}

/** What hangs keeps its place; what is new comes behind it. The order of a first look is the stored random one. */
export function keepOrder(
  hanging: readonly string[],
  cards: readonly { readonly id: string; readonly rank: number }[],
): string[] {
  const now = new Set(cards.map(({ id }) => id));
  const kept = hanging.filter((id) => now.has(id));
  const old = new Set(kept);
  const fresh = cards.filter(({ id }) => !old.has(id)).sort((a, b) => a.rank - b.rank);
  return [...kept, ...fresh.map(({ id }) => id)];
}
