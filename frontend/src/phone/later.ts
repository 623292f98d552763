/** What a phone's first look does not need, in a file of its own. */
export { marksOf } from "../ballots/marks";
export { default as Closed } from "./Closed.svelte";
export { default as Gone } from "./Gone.svelte";
export { default as Mine } from "./Mine.svelte";
export { default as Outcome } from "./Outcome.svelte";
export { default as Receipt } from "./Receipt.svelte";
export { default as Refused } from "./Refused.svelte";
export { default as Unsent } from "./Unsent.svelte";
