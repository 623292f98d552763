/** The most characters of a card; the server's decoder keeps it. */
export const LIMIT = 240;
