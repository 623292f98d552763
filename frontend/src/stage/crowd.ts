/** How a row of people is drawn: marks of one size in one or two lines, or not at all because nobody can count them. */
export interface Marks {
  readonly lines: number;
  readonly pitch: number;
  readonly size: number;
  readonly perLine: number;
}

const WIDEST = 40;
const NARROWEST = 24;

/** `most`: people in the largest group; `width` and `height` of a row, all in stage units. Null: a number must do. */
export function planMarks(most: number, width: number, height: number): Marks | null {
  if (most <= 0 || width <= 0) return null;
  const lineLimit = Math.max(1, Math.floor(height / NARROWEST));
  for (let lines = 1; lines <= lineLimit; lines += 1) {
    const perLine = Math.ceil(most / lines);
    const pitch = Math.min(WIDEST, width / perLine, lines > 1 ? height / lines : WIDEST);
    if (pitch >= NARROWEST) return { lines, pitch, size: pitch * 0.78, perLine };
  }
  return null;
}
