import { ownPicture } from "../ballots/pictures";
import type { CardDoc, Picture, PillarDoc, RoundDoc, SnapshotDoc } from "../lib/wire.gen";
import { readGroups } from "../parts/groups";
import { paginate } from "./pages";
import { isComparable, picturesOf, roundBefore, rowsFor, type Row } from "./results";
import { RowRuler, type Fitted } from "./rows.svelte";
import { Ruler } from "./ruler.svelte";
import type { Scene } from "./scene";
import { columnHeight, columnWidth, rowsHeight } from "./sheet";
import { tied } from "./tied";
import { planPages, type Page } from "./wall";

/** One thing the projectors can show: a page of the wall, or a page of a picture. `cards`: those on it, in order, or
 *  items that are none. */
export interface Leaf {
  readonly picture: Picture;
  readonly cards: readonly string[];
  readonly page: number;
  readonly pages: number;
  readonly wall: { readonly pillar: PillarDoc; readonly page: Page } | null;
  readonly rows: { readonly from: number; readonly to: number; readonly fitted: Fitted } | null;
}

/** Pages that turn by themselves. */
export const isAutomatic = (scene: Scene): boolean => scene.kind === "wall" || scene.kind === "tally";

/** Beside a mark, and around a card. */
const MARK = 36;
const BESIDE_MARK = 14;
const PADDING = 31;

/** Everything a scene shows, leaf by leaf: the same on every projector and on every screen that turns them, for it is
 *  reckoned from the session alone, on a sheet of one size. */
export class Leaves {
  readonly cards = new Ruler();
  readonly rows = new RowRuler();

  of(doc: SnapshotDoc, scene: Scene): Leaf[] {
    if (!this.cards.ready || !this.rows.ruler.ready) return [];
    switch (scene.kind) {
      case "wall":
        return this.#wall(doc, scene.cards);
      case "result":
        return this.#result(doc, scene);
      case "tally":
        return this.#tally(doc, scene.round);
      default:
        return [];
    }
  }

  #wall(doc: SnapshotDoc, cards: readonly CardDoc[]): Leaf[] {
    const width = columnWidth - (isMarked(cards) ? MARK + BESIDE_MARK : 0);
    const measured = this.cards.heights(
      cards.map(({ text, language }) => ({ text: tied(text), lang: language })),
      width,
    );
    const height = new Map(cards.map(({ id }, place) => [id, Math.max(MARK, measured[place] as number) + PADDING]));
    const hung = doc.pillars.filter(({ id }) => cards.some(({ pillar }) => pillar === id));
    const leaves = (hung.length > 0 ? hung : doc.pillars.slice(0, 1)).flatMap((pillar) =>
      planPages(
        (aspect) =>
          cards
            .filter((card) => card.pillar === pillar.id && card.aspect === aspect)
            .map(({ id }) => ({ id, height: height.get(id) as number })),
        columnHeight(doc.session.rehearsal),
      ).map((page) => ({ pillar, page })),
    );
    return leaves.map((wall, place) => ({
      picture: "heads",
      cards: wall.page.flatMap(({ columns }) => columns.flat()),
      page: place + 1,
      pages: leaves.length,
      wall,
      rows: null,
    }));
  }

  #result(doc: SnapshotDoc, { round, result }: Extract<Scene, { kind: "result" }>): Leaf[] {
    const before = roundBefore(doc, round);
    return picturesOf(round, result, before).flatMap((picture) => {
      const rows = rowsFor(picture, round, result, before);
      if (picture === "own" && ownPicture(round)?.isWhole) return wholeLeaves(rows, ownPicture(round)?.turns === true);
      const together = picture === "change" && !(before && isComparable(before, result));
      const names = together ? [] : readGroups(result.groups, doc.sectors, ({ id }) => id).map(({ name }) => name);
      return this.#pages(doc, picture, rows, this.rows.fit(rows, picture, rowsHeight(doc.session.rehearsal), names));
    });
  }

  #tally(doc: SnapshotDoc, round: RoundDoc): Leaf[] {
    const rows = round.items.map((item) => ({ item }));
    return this.#pages(doc, "heads", rows, this.rows.fit(rows, "tally", rowsHeight(doc.session.rehearsal)));
  }

  #pages(doc: SnapshotDoc, picture: Picture, rows: readonly Pick<Row, "item">[], fitted: Fitted): Leaf[] {
    const room = rowsHeight(doc.session.rehearsal) - fitted.head;
    const pages = paginate(fitted.heights, room, this.rows.most);
    return pages.map(([from, to], place) => ({
      picture,
      cards: rows.slice(from, to).map(({ item }) => item.card ?? item.id),
      page: place + 1,
      pages: pages.length,
      wall: null,
      rows: { from, to, fitted },
    }));
  }
}

/** All items in one drawing; where it turns, then each of them by itself. The first page has no name there, the others that
 *  of their item. */
function wholeLeaves(rows: readonly Row[], turns: boolean): Leaf[] {
  const cards = rows.map(({ item }) => item.card ?? item.id);
  const each = turns && rows.length > 1 ? cards.map((card, at) => ({ from: at, to: at + 1, cards: [card] })) : [];
  const parts = [{ from: 0, to: rows.length, cards: turns ? [] : cards }, ...each];
  return parts.map(({ from, to, cards: shown }, place) => ({
    picture: "own",
    cards: shown,
    page: place + 1,
    pages: parts.length,
    wall: null,
    rows: { from, to, fitted: { heights: [], small: false, head: 0 } },
  }));
}

/** Whether the O of any card is shown; the others then have a tile in its place. */
export const isMarked = (cards: readonly Pick<CardDoc, "sector">[]): boolean =>
  cards.some(({ sector }) => sector !== null);
