/** Items as they are typed and pasted: one per line, a price behind a semicolon or a tab. */
import { cleanText, lengthOf } from "../lib/text";
import { ITEM_LENGTH, ITEMS_AT_ONCE, MOST_PRICE, type NewItem } from "../lib/wire.gen";
import { language, number, t } from "../messages";

export interface TypedItem {
  readonly text: string;
  readonly price: number | null;
}

export interface Line {
  /** As it stands in the field. */
  readonly typed: string;
  readonly item: TypedItem;
  /** Why it cannot go as it is; empty when it can. */
  readonly wrong: string;
}

const NUMBER = /^(?:€|eur|euro)?\s*(\d{1,3}(?:[.,\s\u00a0\u202f]\d{3})+|\d+)(?:[.,](\d{1,2}|-+))?\s*(?:€|eur|euro)?$/iu;

/** Whole euros: "25000", "€ 25.000", "25,000", "25.000,-". Null: no price; undefined: one that is not whole, or too much. */
export function readPrice(typed: string): number | null | undefined {
  const found = NUMBER.exec(typed.trim());
  if (!found?.[1]) return null;
  if (found[2] && /[1-9]/.test(found[2])) return undefined;
  const euros = Number(found[1].replace(/\D/g, ""));
  return euros <= MOST_PRICE ? euros : undefined;
}

export const wrongPrice = (): string => t("A price is in whole euros, at most {most}.", { most: number(MOST_PRICE) });

export const wrongLength = (): string => t("At most {n} characters on one line.", { n: ITEM_LENGTH });

function readLine(typed: string): Line {
  const cut = Math.max(typed.lastIndexOf("\t"), typed.lastIndexOf(";"));
  const price = cut < 0 ? null : readPrice(typed.slice(cut + 1));
  // What stands behind a semicolon and is no number belongs to the words.
  const words =
    price === null && typed.slice(cut + 1).trim() !== "" ? typed : typed.slice(0, cut < 0 ? undefined : cut);
  const text = cleanText(words.replace(/\t/g, " "));
  const wrong =
    price === undefined
      ? wrongPrice()
      : text === ""
        ? t("There are no words on this line.")
        : lengthOf(text) > ITEM_LENGTH
          ? wrongLength()
          : "";
  return { typed, item: { text, price: price ?? null }, wrong };
}

/** Every line that is not empty. */
export const readLines = (typed: string): Line[] =>
  typed
    .split(/\r\n|\r|\n/)
    .filter((line) => line.trim() !== "")
    .map(readLine);

/** A line as it can be read again. */
export const writeLine = ({ text, price }: TypedItem): string =>
  price === null ? (readLine(text).item.price === null ? text : `${text};`) : `${text}; ${price}`;

/** In the language of the page, in which they were typed. */
export const asNew = ({ text, price }: TypedItem): NewItem => ({
  ...(language() === "nl" ? { text_nl: text } : { text_en: text }),
  ...(price !== null && { price }),
});

/** What one frame holds at the most, with room for what stands around it. */
const BYTES = 12_000;
const bytesOf = (item: NewItem): number => new TextEncoder().encode(JSON.stringify(item)).length + 1;

/** In as few commands as can be. */
export function inCommands(lines: readonly Line[]): Line[][] {
  const commands: Line[][] = [];
  let left = 0;
  for (const line of lines) {
    const bytes = bytesOf(asNew(line.item));
    const last = commands.at(-1);
    if (last && last.length < ITEMS_AT_ONCE && bytes <= left) last.push(line);
    else {
      commands.push([line]);
      left = BYTES;
    }
    left -= bytes;
  }
  return commands;
}
