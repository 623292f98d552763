/** A button gives so small a part of all points. */
const STEPS = 20;

export const stepOf = (total: number): number => Math.max(1, Math.floor(total / STEPS));

/** What was typed as points; null: no whole number. An emptied field is none. */
export function typedPoints(words: string): number | null {
  const typed = words.trim();
  if (typed === "") return 0;
  return /^\d{1,6}$/.test(typed) ? Number(typed) : null;
}
