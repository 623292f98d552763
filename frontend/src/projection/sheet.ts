/** Every projector lays out on a sheet of this size and scales it, so that all of them show the same page, and whoever
 *  turns pages elsewhere reckons with the same ones. All lengths are units of the sheet. */
export const SHEET = { width: 1920, height: 1080 } as const;

/** A strip along the top, while the session is a rehearsal. */
export const STRIP = 54;

export const WALL = { margin: 64, head: 174, aspect: 66, foot: 92, gap: 40, columns: 4 } as const;
export const RESULT = { margin: 64, above: 44, top: 158, foot: 144 } as const;

/** How high the sheet is below the strip. */
export const below = (rehearsal: boolean): number => SHEET.height - (rehearsal ? STRIP : 0);

/** How high a column of cards is. */
export const columnHeight = (rehearsal: boolean): number => below(rehearsal) - WALL.head - WALL.aspect - WALL.foot;

export const columnWidth = (SHEET.width - 2 * WALL.margin - (WALL.columns - 1) * WALL.gap) / WALL.columns;

/** How much room the rows of a result have. */
export const rowsWidth = SHEET.width - 2 * RESULT.margin;
export const rowsHeight = (rehearsal: boolean): number => below(rehearsal) - RESULT.above - RESULT.top - RESULT.foot;
