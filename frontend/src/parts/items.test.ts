import { afterEach, expect, test } from "vitest";

import { anItem, aRound } from "../lib/fixtures";
import { addMessages, setLanguage } from "../messages";
import nl from "../messages/console.nl.json";
import { aboutItem, inLanguage, whoseWords } from "./items";

addMessages("nl", nl);
afterEach(() => setLanguage("en"));

const own = { card: null, source: "statement" } as const;

test("whose words it is stands beside every item that is no card", () => {
  setLanguage("nl");
  expect(whoseWords(anItem("a"))).toBe("");
  expect(whoseWords(anItem("a", { ...own, whose: "team" }))).toBe("woorden van het team");
  expect(whoseWords(anItem("a", { ...own, whose: "participant" }))).toBe("woorden van een deelnemer");
  expect(whoseWords(anItem("a", { ...own, whose: "document", document: "Visie 2040" }))).toBe("uit: Visie 2040");
});

test("a price is in whole euros, as each language writes it", () => {
  const item = anItem("a", { ...own, whose: "team", price: 1_250_000 });
  setLanguage("nl");
  expect(aboutItem(item)).toBe("€\u00a01.250.000 · woorden van het team");
  setLanguage("en");
  expect(aboutItem(item)).toBe("€1,250,000 · words of the team");
  expect(aboutItem(anItem("a", { price: 0 }))).toBe("€0");
  expect(aboutItem(anItem("a"))).toBe("");
});

test("words in both languages are read in the page's, and what has none stays the same object", () => {
  const plain = { rounds: [aRound("r1", { items: [anItem("a")] })] };
  expect(inLanguage(plain)).toBe(plain);
  const words = { nl: "Fietspad", en: "Cycle path" };
  const both = { rounds: [aRound("r1", { items: [anItem("a"), anItem("b", { ...own, text: "Fietspad", words })] })] };
  setLanguage("en");
  const read = inLanguage(both);
  expect(read.rounds[0]?.items.map(({ text }) => text)).toEqual(["a", "Cycle path"]);
  expect(inLanguage(both).rounds[0]).toBe(read.rounds[0]);
});
