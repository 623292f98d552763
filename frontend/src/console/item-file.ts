/** A file with items, read in the browser into lines that can be looked at before they are sent. */
import { readPrice, writeLine } from "./typed-items";

/** More is no list that anybody votes on. */
export const FILE_BYTES = 500_000;

/** As UTF-8, and where it is not that, as what a spreadsheet of Windows writes. */
export function decode(bytes: ArrayBuffer): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("windows-1252").decode(bytes);
  }
}

/** The lines of a file, as if they had been pasted. */
export function linesOf(name: string, text: string): string[] {
  const plain = text.replace(/^\ufeff/, "");
  if (!/\.(csv|tsv)$/i.test(name)) return plain.split(/\r\n|\r|\n/).filter((line) => line.trim() !== "");
  const rows = readTable(plain).filter((row) => row.some((cell) => cell.trim() !== ""));
  const head = (rows[0] ?? []).map((cell) => cell.trim().toLowerCase());
  const isHead = head.some((cell) => WORDS.has(cell) || PRICES.has(cell));
  const at = isHead
    ? Math.max(
        0,
        head.findIndex((cell) => WORDS.has(cell)),
      )
    : 0;
  const priceAt = isHead ? head.findIndex((cell) => PRICES.has(cell)) : 1;
  return rows.slice(isHead ? 1 : 0).flatMap((row) => {
    const words = oneLine(row[at] ?? "");
    const cell = priceAt < 0 ? "" : oneLine(row[priceAt] ?? "");
    const price = readPrice(cell);
    if (words === "") return [];
    // A price that cannot be read stays beside its words, so that it is seen.
    if (price === undefined) return [`${words}; ${cell}`];
    return [writeLine({ text: words, price })];
  });
}

const WORDS = new Set([
  "text",
  "tekst",
  "nl",
  "en",
  "item",
  "punt",
  "idee",
  "idea",
  "stelling",
  "statement",
  "omschrijving",
]);
const PRICES = new Set(["price", "prijs", "kosten", "costs", "cost", "bedrag", "euro", "euros", "€"]);

const oneLine = (cell: string): string => cell.replace(/\s+/g, " ").trim();

/** Rows of cells; the separator is the one that stands most often in the first line. */
export function readTable(text: string): string[][] {
  const first = text.split(/\r\n|\r|\n/, 1)[0] ?? "";
  const count = (mark: string): number => first.split(mark).length;
  const separator = [";", ",", "\t"].reduce((best, mark) => (count(mark) > count(best) ? mark : best));
  const rows: string[][] = [];
  let row: string[] = [];
  let cell = "";
  let quoted = false;
  for (let at = 0; at < text.length; at++) {
    const char = text[at] as string;
    if (quoted) {
      if (char !== '"') cell += char;
      else if (text[at + 1] === '"') cell += text[++at];
      else quoted = false;
    } else if (char === '"' && cell.trim() === "") {
      quoted = true;
      cell = "";
    } else if (char === separator) {
      row.push(cell);
      cell = "";
    } else if (char === "\n" || char === "\r") {
      if (char === "\r" && text[at + 1] === "\n") at++;
      rows.push([...row, cell]);
      row = [];
      cell = "";
    } else cell += char;
  }
  return [...rows, [...row, cell]];
}
