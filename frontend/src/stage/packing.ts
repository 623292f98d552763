/** How a card hangs: so many columns and rows of the grid, in the type of the wall or the smallest there is. */
export interface Shape {
  readonly columns: number;
  readonly rows: number;
  readonly type: Type;
}

export type Type = "md" | "sm";

export interface Fitted {
  readonly id: string;
  /** How high its text is in so many columns at this type; in the measure of `rowHeight`. */
  readonly height: (columns: number, type: Type) => number;
  readonly rowHeight: number;
}

export interface Place extends Shape {
  readonly id: string;
  readonly column: number;
  readonly row: number;
}

/** How the whole text stands on the smallest piece of wall: large type before small, and lying before standing. When
 *  nothing is enough, all there is. */
export function shapesOf(card: Fitted, columns: number, rows: number): Shape[] {
  const fitting = shapesIn(columns, rows).filter(
    (shape) => card.height(shape.columns, shape.type) <= shape.rows * card.rowHeight,
  );
  const [best] = fitting;
  if (!best) return [{ columns, rows, type: "sm" }];
  return fitting.filter((shape) => shape.columns * shape.rows === best.columns * best.rows);
}

function shapesIn(columns: number, rows: number): Shape[] {
  const shapes: Shape[] = [];
  for (let wide = 1; wide <= columns; wide += 1) {
    for (let high = 1; high <= rows; high += 1) {
      shapes.push({ columns: wide, rows: high, type: "md" }, { columns: wide, rows: high, type: "sm" });
    }
  }
  const order = (shape: Shape): number => shape.columns * shape.rows * 2 + (shape.type === "sm" ? 1 : 0);
  return shapes.sort((a, b) => order(a) - order(b) || b.columns - a.columns);
}

/** Cards on pages of a grid. Each takes the first free place of the last page, so a card that comes later moves none;
 *  where it does not fit lying it may stand. */
export function placeCards(cards: readonly Fitted[], columns: number, rows: number): Place[][] {
  const pages: Place[][] = [];
  let taken = new Set<number>();
  for (const card of cards) {
    const shapes = shapesOf(card, columns, rows);
    let put = pages.length === 0 ? null : firstPlace(taken, shapes, columns, rows);
    if (put === null) {
      pages.push([]);
      taken = new Set();
      put = { ...(shapes[0] as Shape), column: 0, row: 0 };
    }
    for (let row = put.row; row < put.row + put.rows; row += 1) {
      for (let column = put.column; column < put.column + put.columns; column += 1) taken.add(row * columns + column);
    }
    (pages.at(-1) as Place[]).push({ id: card.id, ...put });
  }
  return pages;
}

function firstPlace(
  taken: ReadonlySet<number>,
  shapes: readonly Shape[],
  columns: number,
  rows: number,
): Omit<Place, "id"> | null {
  for (const shape of shapes) {
    const at = freePlace(taken, shape, columns, rows);
    if (at) return { ...shape, ...at };
  }
  return null;
}

function freePlace(
  taken: ReadonlySet<number>,
  shape: Shape,
  columns: number,
  rows: number,
): { column: number; row: number } | null {
  for (let row = 0; row + shape.rows <= rows; row += 1) {
    for (let column = 0; column + shape.columns <= columns; column += 1) {
      if (isFree(taken, shape, columns, row, column)) return { column, row };
    }
  }
  return null;
}

function isFree(taken: ReadonlySet<number>, shape: Shape, columns: number, top: number, left: number): boolean {
  for (let row = top; row < top + shape.rows; row += 1) {
    for (let column = left; column < left + shape.columns; column += 1) {
      if (taken.has(row * columns + column)) return false;
    }
  }
  return true;
}
