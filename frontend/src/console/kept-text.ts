/** Text in a field of the console, kept in this browser until it was sent or thrown away. */
import { attempt } from "../lib/indexed-db";

const nameOf = (code: string, place: string): string => `cocreation:${code}:desk:${place}`;
/** What the browser's storage did not take, as long as the page. */
const here = new Map<string, string>();

export const readText = (code: string, place: string): string =>
  here.get(nameOf(code, place)) ?? attempt(() => localStorage.getItem(nameOf(code, place))) ?? "";

export function keepText(code: string, place: string, text: string): void {
  const name = nameOf(code, place);
  const kept = attempt(() => {
    if (text === "") localStorage.removeItem(name);
    else localStorage.setItem(name, text);
    return true;
  });
  if (kept || text === "") here.delete(name);
  else here.set(name, text);
}
