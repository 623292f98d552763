/** A line never ends on the ’s of ’s avonds. */
export const tied = (words: string): string => words.replace(/(^|\s)([’'][snt]) (?=\S)/g, "$1$2\u00a0");
