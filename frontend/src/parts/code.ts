/** KP73MX is read aloud and typed as KP7 3MX. */
export function spacedCode(code: string): string {
  const letters = code.replace(/\s+/g, "").toUpperCase();
  const half = Math.ceil(letters.length / 2);
  return letters.length < 6 ? letters : `${letters.slice(0, half)} ${letters.slice(half)}`;
}

/** One by one, for those who hear it. */
export const spelledCode = (code: string): string => code.replace(/\s+/g, "").toUpperCase().split("").join(" ");
