import { getContext, setContext } from "svelte";

import { language, setLanguage, type Language } from "../messages";

/** What stands on the stage in its second language; "" where it has none. */
export interface Second {
  readonly heading: string;
  readonly body: string;
}

const SECOND = Symbol("second");
export const NONE: Second = { heading: "", body: "" };

export const otherLanguage = (): Language => (language() === "nl" ? "en" : "nl");

/** What is made of words, in the other language than the page's. */
export function inOther<Made>(make: () => Made): Made {
  const here = language();
  setLanguage(otherLanguage());
  try {
    return make();
  } finally {
    setLanguage(here);
  }
}

/** Lets headings and words for reading on the stage have their second language under them. */
export const provideSecond = (second: () => Second): void => void setContext(SECOND, second);
export const useSecond = (): (() => Second) => getContext<(() => Second) | undefined>(SECOND) ?? (() => NONE);
