import { tn } from "../messages";

/** Of a step in which people practise: what counts is that their phones do it. `all`: null where that may not be known. */
export const phonesWork = (n: number, all: string | null): string =>
  all === null
    ? tn("{n} phone works", "{n} phones work", n)
    : tn("{n} of {all} phones works", "{n} of {all} phones work", n, { all });
