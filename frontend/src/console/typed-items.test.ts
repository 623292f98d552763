import { afterEach, expect, test } from "vitest";

import { ITEM_LENGTH, ITEMS_AT_ONCE } from "../lib/wire.gen";
import { setLanguage } from "../messages";
import { decode, linesOf } from "./item-file";
import { asNew, inCommands, readLines, readPrice, writeLine } from "./typed-items";

afterEach(() => setLanguage("en"));

const items = (typed: string) => readLines(typed).map(({ item: { text, price } }) => [text, price]);

test("one per line, a price behind a semicolon or a tab", () => {
  expect(items("Fietspad; 25000\n\n  Plein\t€ 1.250.000 \r\nEen sleutel;\nGroen; blauw\nA;B; 0")).toEqual([
    ["Fietspad", 25_000],
    ["Plein", 1_250_000],
    ["Een sleutel", null],
    ["Groen; blauw", null],
    ["A;B", 0],
  ]);
});

test.each([
  ["25000", 25_000],
  ["€25.000,-", 25_000],
  ["25,000.00", 25_000],
  ["25 000 euro", 25_000],
  ["1.5", undefined],
  ["12,50", undefined],
  ["2000000000", undefined],
  ["veel", null],
  ["-5", null],
  ["", null],
])("%s costs %s", (typed, price) => {
  expect(readPrice(typed)).toBe(price);
});

test("what cannot go as it is says why, and stays", () => {
  const lines = readLines(`Fietspad; 12,50\n; 300\n${"x".repeat(ITEM_LENGTH + 1)}\nGoed`);
  expect(lines.map(({ wrong }) => wrong !== "")).toEqual([true, true, true, false]);
  expect(lines[0]?.typed).toBe("Fietspad; 12,50");
});

test("what is read is written so that it is read the same again", () => {
  for (const line of ["Fietspad; 5", "Woorden; 2040;", "Groen; blauw", "Los"]) {
    const [read] = readLines(line);
    expect(readLines(writeLine(read!.item))[0]?.item).toEqual(read!.item);
  }
});

test("an item is in the language of the page", () => {
  expect(asNew({ text: "Cycle path", price: null })).toEqual({ text_en: "Cycle path" });
  setLanguage("nl");
  expect(asNew({ text: "Fietspad", price: 0 })).toEqual({ text_nl: "Fietspad", price: 0 });
});

test("many go in as few commands as fit into a frame", () => {
  const short = inCommands(readLines(Array.from({ length: 250 }, (_, n) => `punt ${n}`).join("\n")));
  expect(short.map((some) => some.length)).toEqual([ITEMS_AT_ONCE, ITEMS_AT_ONCE, 50]);
  const long = inCommands(readLines(Array.from({ length: 60 }, () => "é".repeat(ITEM_LENGTH)).join("\n")));
  expect(long.flat()).toHaveLength(60);
  for (const some of long) {
    const bytes = new TextEncoder().encode(JSON.stringify(some.map(({ item }) => asNew(item)))).length;
    expect(bytes).toBeLessThan(14_000);
  }
});

test("a file is read as lines; of a table the words and the price", () => {
  expect(linesOf("ideeen.txt", "\ufeffEen\r\n\r\nTwee; 5\r\n")).toEqual(["Een", "Twee; 5"]);
  const table = 'Nr,Omschrijving,Prijs\n1,"Plein, met ""podium""\nen water",1.800.000\n2,Los,\n,,\n';
  expect(linesOf("ideeen.csv", table)).toEqual(['Plein, met "podium" en water; 1800000', "Los"]);
  expect(linesOf("zonder.csv", "Fietspad;25000\nPlein;\n")).toEqual(["Fietspad; 25000", "Plein"]);
  expect(items(linesOf("scheef.csv", "tekst;prijs\nBrug;12,50\n").join("\n"))).toEqual([["Brug", null]]);
  expect(readLines(linesOf("scheef.csv", "tekst;prijs\nBrug;12,50\n").join("\n"))[0]?.wrong).not.toBe("");
});

test("a file of a spreadsheet of before is read by its letters", () => {
  expect(decode(new Uint8Array([0x43, 0x61, 0x66, 0xe9]).buffer)).toBe("Café");
  expect(decode(new TextEncoder().encode("Café").buffer as ArrayBuffer)).toBe("Café");
});
