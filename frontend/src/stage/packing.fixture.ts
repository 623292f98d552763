import type { Fitted, Type } from "./packing";

/** A card of so many letters, on a wall where a column holds twenty letters a line and a row four large lines. */
export const card = (id: string, letters: number): Fitted => ({
  id,
  rowHeight: 160,
  height: (columns: number, type: Type) => {
    const [perLine, line] = type === "md" ? [20, 36] : [25, 30];
    return Math.ceil(letters / (perLine * columns)) * line;
  },
});
