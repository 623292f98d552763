import { lengthOf } from "./text";

/** What a list of tabs, a bookmark and a screen reader take in at once. */
const MOST = 70;
const BETWEEN = " · ";

/** The title of a page: what is on it, and of what. Of two long ones each keeps half. sessions/templatetags/title.py does
 *  the same; both are held against tests/titles.json. */
export function tabTitle(page: string, of = ""): string {
  if (!of || page === of) return shorten(page, MOST);
  const room = MOST - lengthOf(BETWEEN);
  const shortOf = shorten(of, Math.max(Math.floor(room / 2), room - lengthOf(page)));
  return shorten(page, room - lengthOf(shortOf)) + BETWEEN + shortOf;
}

/** At a space, unless a long word would go with it. */
function shorten(text: string, most: number): string {
  const letters = [...text];
  if (letters.length <= most) return text;
  const space = letters.slice(0, most).lastIndexOf(" ");
  const kept = letters.slice(0, space > most / 2 ? space : most - 1).join("");
  return `${kept.replace(/[ ,.:;]+$/, "")}…`;
}
