/** Rows into pages: as many as there is room for, at most so many; a row higher than the room has a page of its own. */
export function paginate(heights: readonly number[], room: number, most: number): [from: number, to: number][] {
  const pages: [number, number][] = [];
  let from = 0;
  let filled = 0;
  heights.forEach((height, index) => {
    if (index > from && (filled + height > room || index - from >= most)) {
      pages.push([from, index]);
      from = index;
      filled = 0;
    }
    filled += height;
  });
  if (heights.length > 0) pages.push([from, heights.length]);
  return pages;
}
