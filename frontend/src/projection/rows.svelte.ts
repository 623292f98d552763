import type { Picture } from "../lib/wire.gen";
import { aboutItem } from "../parts/items";
import { linedName } from "../parts/groups";
import { paginate } from "./pages";
import type { Row } from "./results";
import { Ruler } from "./ruler.svelte";
import { rowsWidth } from "./sheet";
import { tied } from "./tied";

export type RowPicture = Picture | "tally";

/** Widths of columns, with the gap behind them: the styles take them from here, so that what is
 *  measured is what stands there. The text has what is left. */
export const COLUMN = {
  place: 76,
  gap: 24,
  balanced: 150,
  dots: 784,
  heads: 230,
  range: 900,
  spread: 200,
  lanes: 870,
  moved: 260,
} as const;
export const groupWidth = (groups: number): number => (groups <= 4 ? 180 : groups === 5 ? 168 : 140);
/** With more than five groups there is no room to draw the difference beside them; it has its own picture. */
export const rangeWidth = (groups: number): number => (groups <= 4 ? 300 : groups === 5 ? 210 : 0);
/** Of before and after. */
export const LANE = 36;

const LARGE = 34;
const SMALL = 28;
const LOW = 102;
const HIGH = 150;
const PADDING = 26;
const MOST = 6;
/** Lines of a text in large type; longer ones put all of the picture in small type. */
const LINES = 3;
/** The heads over the columns, where the names of the groups are short. */
const HEAD: Record<RowPicture, number> = { heads: 0, tally: 0, equal: 116, apart: 116, own: 0, change: 116 };
/** What stands above and below a name that stands over its column: six rows go under a name of two lines, too. */
const AROUND_NAME = 62;
/** The legend in one line; where names are too long for that they stand in so many columns. */
export const LEGEND = { line: 70, axis: 46, columns: 4, gap: 48, beside: 52, rows: 8, around: 30 } as const;
/** How wide a column of the legend is. */
const legendWidth = (rowsWidth - (LEGEND.columns - 1) * LEGEND.gap) / LEGEND.columns;
/** Between a name and the one beside it. */
export const APART = 12;

/** Rows of one picture: all in one size of type, on all its pages. */
export interface Fitted {
  readonly heights: readonly number[];
  readonly small: boolean;
  /** Of the heads over the columns, and the legend over them. */
  readonly head: number;
}

export const sliceFitted = (fitted: Fitted, from: number, to: number): Fitted => ({
  ...fitted,
  heights: fitted.heights.slice(from, to),
});

const pages = (heights: readonly number[], room: number): number => paginate(heights, room, MOST).length;

/** How high rows are and how many stand on a page. The text of all rows has one size: large, with a third line where one
 *  is needed; small when that is not enough for the longest, or would take more pages. */
export class RowRuler {
  readonly ruler = new Ruler();
  readonly heads = new Ruler();
  readonly legend = new Ruler();
  readonly most = MOST;

  /** `height`: of the place for the rows and the heads over them. `names`: of the groups that stand apart. */
  fit(rows: readonly Pick<Row, "item">[], picture: RowPicture, height: number, names: readonly string[] = []): Fitted {
    const groups = picture === "change" ? Math.max(1, names.length) : names.length;
    const texts = rows.map(({ item }) => ({ text: tied(item.text) }));
    const abouts = rows.map(({ item }) => (item.hidden ? "" : tied(aboutItem(item))));
    const width = rowsWidth - this.#beside(picture, groups) - COLUMN.gap;
    const head = this.#head(picture, names);
    const room = height - head;
    const line = this.#lines([{ text: "x" }], width, LARGE)[0] as number;
    const large = this.#lines(texts, width, LARGE);
    const under = this.#lines(
      abouts.map((text) => ({ text })),
      width,
      SMALL,
    ).map((height, place) => (abouts[place] ? height : 0));
    const withAbout = (heights: number[]): number[] => heights.map((height, place) => height + (under[place] ?? 0));
    const high = this.#heights(withAbout(large), picture, room, groups);
    const low = this.#heights(withAbout(this.#lines(texts, width, SMALL)), picture, room, groups);
    const small = Math.max(0, ...large) > (LINES + 0.5) * line || pages(high, room) > pages(low, room);
    return { heights: small ? low : high, small, head };
  }

  #head(picture: RowPicture, names: readonly string[]): number {
    if (names.length === 0 || HEAD[picture] === 0) return HEAD[picture];
    if (picture === "equal") {
      const texts = names.map((name) => ({ text: linedName({ name }) }));
      return Math.max(
        HEAD.equal,
        AROUND_NAME + Math.max(...this.heads.heights(texts, groupWidth(names.length) - APART)),
      );
    }
    return LEGEND.axis + this.#legend(names.map((name) => `${name} n = ${picture === "change" ? "100 → 100" : "100"}`));
  }

  #legend(texts: readonly string[]): number {
    const beside = texts.length * LEGEND.beside + (texts.length - 1) * LEGEND.gap;
    const [whole, line] = this.legend.heights([{ text: texts.join(" ") }, { text: "x" }], rowsWidth - beside);
    if (whole === line) return LEGEND.line;
    const rows = Math.ceil(texts.length / LEGEND.columns);
    const high = this.legend.heights(
      texts.map((text) => ({ text })),
      legendWidth - LEGEND.beside,
    );
    return rows * Math.max(...high) + (rows - 1) * LEGEND.rows + LEGEND.around;
  }

  #lines(texts: readonly { text: string }[], width: number, size: number): number[] {
    return this.ruler.heights(texts, width, size);
  }

  #heights(texts: readonly number[], picture: RowPicture, room: number, groups: number): number[] {
    // Where the wall is high, six rows share it.
    const least =
      picture === "change" ? Math.max(LOW, groups * LANE + 20) : Math.min(HIGH, Math.max(LOW, Math.floor(room / MOST)));
    return texts.map((height) => Math.max(least, height + PADDING));
  }

  #beside(picture: RowPicture, groups: number): number {
    switch (picture) {
      case "equal":
        return COLUMN.place + COLUMN.balanced + groups * groupWidth(groups) + rangeWidth(groups);
      case "apart":
        return COLUMN.range + COLUMN.spread;
      case "change":
        return COLUMN.lanes + COLUMN.moved;
      default:
        return COLUMN.place + COLUMN.dots + COLUMN.heads;
    }
  }
}
