import type { Picture } from "../lib/wire.gen";
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
/** The heads over the columns. */
const HEAD: Record<RowPicture, number> = { heads: 0, tally: 0, equal: 116, apart: 116, change: 116 };

/** Rows of one picture: all in one size of type, on all its pages. */
export interface Fitted {
  readonly heights: readonly number[];
  readonly small: boolean;
}

export const sliceFitted = ({ heights, small }: Fitted, from: number, to: number): Fitted => ({
  heights: heights.slice(from, to),
  small,
});

const pages = (heights: readonly number[], room: number): number => paginate(heights, room, MOST).length;

/** How high rows are and how many stand on a page. The text of all rows has one size: large, with a third line where one
 *  is needed; small when that is not enough for the longest, or would take more pages. */
export class RowRuler {
  readonly ruler = new Ruler();
  readonly most = MOST;

  /** `height`: of the place for the rows and the heads over them. */
  room(picture: RowPicture, height: number): number {
    return height - HEAD[picture];
  }

  fit(rows: readonly Pick<Row, "item">[], picture: RowPicture, height: number, groups = 0): Fitted {
    const texts = rows.map(({ item }) => ({ text: tied(item.text) }));
    const width = rowsWidth - this.#beside(picture, groups) - COLUMN.gap;
    const room = this.room(picture, height);
    const line = this.#lines([{ text: "x" }], width, LARGE)[0] as number;
    const large = this.#lines(texts, width, LARGE);
    const high = this.#heights(large, picture, room, groups);
    const low = this.#heights(this.#lines(texts, width, SMALL), picture, room, groups);
    const small = Math.max(0, ...large) > (LINES + 0.5) * line || pages(high, room) > pages(low, room);
    return { heights: small ? low : high, small };
  }

  #lines(texts: readonly { text: string }[], width: number, size: number): number[] {
    return this.ruler.heights(texts, width, size);
  }

  #heights(texts: readonly number[], picture: RowPicture, room: number, groups: number): number[] {
    // Where the wall is high, six rows share it.
    const least =
      picture === "change"
        ? Math.max(LOW, groups * LANE + 20)
        : Math.min(HIGH, Math.max(LOW, Math.floor(room / MOST)));
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
