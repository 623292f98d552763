/** What the screens say, in the language of the page. English sentences are the keys, so English needs no
 *  catalogue; each screen's entry brings its own Dutch with `addMessages`. The language is the page's: a switch
 *  posts to the server and loads the page again, so nothing here is reactive. */

export type Language = "nl" | "en";
export type Localised = Readonly<Record<Language, string>>;
export type Values = Readonly<Record<string, string | number>>;
/** A sentence, or its forms for one and for more. */
export type Catalogue = Readonly<Record<string, string | readonly string[]>>;

const catalogues: Record<Language, Record<string, string | readonly string[]>> = { nl: {}, en: {} };

let chosen: Language | undefined;

export function language(): Language {
  if (chosen === undefined) {
    const page = typeof document === "undefined" ? "" : document.documentElement.lang;
    chosen = page.toLowerCase().startsWith("nl") ? "nl" : "en";
  }
  return chosen;
}

/** For tests, and for a screen that shows a piece in another language than its page. */
export function setLanguage(wanted: Language): void {
  chosen = wanted;
}

export function addMessages(of: Language, catalogue: Catalogue): void {
  Object.assign(catalogues[of], catalogue);
}

/** What runs from right to left keeps to itself within a sentence, and does not turn the rest of it round. */
const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/;
const isolated = (value: string): string => (RIGHT_TO_LEFT.test(value) ? `\u2068${value}\u2069` : value);

function fill(sentence: string, values: Values | undefined): string {
  if (!values) return sentence;
  return sentence.replace(/\{(\w+)\}/g, (field, name: string) => {
    const own = Object.prototype.hasOwnProperty.call(values, name);
    return own ? isolated(String(values[name])) : field;
  });
}

/** `t("{n} of {all} wrote a card", { n: 27, all: 38 })` */
export function t(sentence: string, values?: Values): string {
  const found = catalogues[language()][sentence];
  return fill(typeof found === "string" ? found : sentence, values);
}

/** `tn("{n} card", "{n} cards", 3)`; Dutch and English have the same two forms, one and other. */
export function tn(one: string, other: string, n: number, values?: Values): string {
  const found = catalogues[language()][one];
  const forms = Array.isArray(found) ? found : ([one, other] as const);
  return fill(forms[n === 1 ? 0 : 1], { n: number(n), ...values });
}

/** A text that people wrote in both languages; where one is empty, the other is better than nothing. */
export function text(pair: Localised): string {
  return pair[language()] || pair[language() === "nl" ? "en" : "nl"];
}

export * from "./format";

import { number } from "./format";
