/** What a foot says of the marks of a round, in a ballot's own words. */
export interface StoredWords {
  /** Nothing was given yet: said without the tick of what is stored. */
  readonly nothing?: string;
  /** Everything is stored: what can still be done. */
  readonly stored: string;
  /** The server cannot store now. */
  readonly waits: string;
  readonly sends: string;
}
