/** What a facilitator can call the answers, in the order of the form. */
export const WORDS = ["agree", "disagree", "skip"] as const;
/** It stands on a button of half a phone's width. */
export const MOST = 32;
