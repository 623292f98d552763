/** What the server counts: characters, not halves of them. */
export const lengthOf = (text: string): number => [...text].length;

/** As it is sent: one space between words, no half characters, which cannot be stored. */
export function cleanText(text: string): string {
  const whole = [...text].filter((character) => !/^[\ud800-\udfff\u0000]$/.test(character));
  return whole.join("").replace(/\s+/g, " ").trim();
}
