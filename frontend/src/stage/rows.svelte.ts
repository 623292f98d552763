import type { Picture, Row } from "./results";
import { Ruler } from "./ruler.svelte";
import { tied } from "./tied";
import { unit } from "./unit.svelte";

export type RowPicture = Picture | "tally";

/** Widths of columns in stage units, with the gap behind them: the styles take them from here, so that what is
 *  measured is what stands there. The text has what is left. */
export const COLUMN = {
  place: 76,
  gap: 24,
  balanced: 150,
  dots: 784,
  heads: 230,
  range: 900,
  spread: 200,
} as const;
export const groupWidth = (groups: number): number => (groups <= 4 ? 180 : groups === 5 ? 168 : 140);
/** With more than five groups there is no room to draw the difference beside them; it has its own picture. */
export const rangeWidth = (groups: number): number => (groups <= 4 ? 300 : groups === 5 ? 210 : 0);

const LARGE = 34;
const SMALL = 28;
const LOW = 102;
const HIGH = 150;
const PADDING = 26;
const MOST = 6;
/** The heads over the columns. */
const HEAD: Record<RowPicture, number> = { heads: 0, tally: 0, equal: 116, apart: 116 };

export interface FittedRow {
  readonly height: number;
  readonly small: boolean;
}

/** How high rows are and how many stand on a page: a text of two lines stands in large type, a longer one in small
 *  type and as many lines as it has. */
export class RowRuler {
  readonly ruler = new Ruler();
  readonly most = MOST;
  /** Of the place for the rows, in pixels. */
  width = $state(0);
  height = $state(0);

  /** In stage units, as all that follows. */
  room(picture: RowPicture): number {
    return this.height / unit() - HEAD[picture];
  }

  fit(rows: readonly Pick<Row, "item">[], picture: RowPicture, groups = 0): FittedRow[] {
    const px = unit();
    // Where the wall is high, six rows share it.
    const least = Math.min(HIGH, Math.max(LOW, Math.floor(this.room(picture) / MOST)));
    const texts = rows.map(({ item }) => ({ text: tied(item.text) }));
    const width = (this.width / px - this.#beside(picture, groups) - COLUMN.gap) * px;
    const large = this.ruler.heights(texts, width, LARGE * px);
    const small = this.ruler.heights(texts, width, SMALL * px);
    return rows.map((_, index) => {
      if ((large[index] as number) / px + PADDING <= least) return { height: least, small: false };
      return { height: Math.max(least, (small[index] as number) / px + PADDING), small: true };
    });
  }

  #beside(picture: RowPicture, groups: number): number {
    switch (picture) {
      case "equal":
        return COLUMN.place + COLUMN.balanced + groups * groupWidth(groups) + rangeWidth(groups);
      case "apart":
        return COLUMN.place + COLUMN.range + COLUMN.spread;
      default:
        return COLUMN.place + COLUMN.dots + COLUMN.heads;
    }
  }
}
