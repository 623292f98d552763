import { rowsWidth } from "../../projection/sheet";

/** Sizes of the coverage on the projectors, in units of the sheet. */
export interface Layout {
  readonly pillar: number;
  readonly aspect: number;
  readonly head: number;
  readonly row: number;
  /** Of the O's names. */
  readonly name: number;
  /** The names stand below the marks. */
  readonly stacked: boolean;
  readonly small: boolean;
  /** Every mark in every cell has one size, or one of two could not be compared with the other; 0: numbers only. */
  readonly mark: number;
}

const MARKS = [18, 15, 12, 9, 7];
const GAP = 3;
/** Beside the marks of a cell, left and right. */
const PADDING = 32;

/** `most`: in one cell. `height`: of all, with the heads. */
export function layOut({
  groups,
  rows,
  most,
  height,
}: {
  readonly groups: number;
  readonly rows: number;
  readonly most: number;
  readonly height: number;
}): Layout {
  const stacked = groups > 4;
  const [pillar, aspect] = stacked ? [300, 190] : [400, 220];
  const width = (rowsWidth - pillar - aspect) / Math.max(1, groups) - PADDING;
  const head = stacked ? 112 : 88;
  const row = Math.min(134, Math.floor((height - head - 6) / Math.max(1, rows)));
  const small = row < 120;
  const lines = small ? 1 : 2;
  const mark = MARKS.find((size) => lines * Math.floor((width + GAP) / (size + GAP)) >= most) ?? 0;
  return { pillar, aspect, head, row, name: groups > 6 ? 22 : stacked ? 25 : 31, stacked, small, mark };
}
