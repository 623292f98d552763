/** The most characters of a card; the server's decoder keeps it. */
export const LIMIT = 240;
/** How long after closing a step still takes what was written in it, as the server judges it. */
export const GRACE = 30_000;
