/** Announcements for screen readers (ARIA live regions). A burst of cards is one sentence, at most every ten seconds; the
 *  result of a person's own act is announced at once. `LiveRegions.svelte` holds the two regions and is on every page from the
 *  start. */

import { untrack } from "svelte";

const EVERY = 10_000;
const KEPT = 20;

interface Announcement {
  readonly id: number;
  readonly words: string;
}

class Said {
  now = $state("");
  log = $state.raw<readonly Announcement[]>([]);
}

export const said = new Said();

interface Waiting {
  n: number;
  sentence: (n: number) => string;
}

const waiting = new Map<string, Waiting>();
let lastFlush = -Infinity;
let timer: ReturnType<typeof setTimeout> | undefined;
let lines = 0;

/** At once: the answer to something a person did, or a change of step. */
export function announce(words: string): void {
  // The same words twice must be a change, or the second is not read. An effect that says something does not wait for it.
  said.now = untrack(() => said.now) === words ? `${words}\u00a0` : words;
}

/** Counted and said together: `announceCount("cards", 1, (n) => tn("{n} new card", "{n} new cards", n))`. */
export function announceCount(kind: string, n: number, sentence: (n: number) => string): void {
  const before = waiting.get(kind)?.n ?? 0;
  waiting.set(kind, { n: before + n, sentence });
  if (timer !== undefined) return;
  timer = setTimeout(flush, Math.max(0, lastFlush + EVERY - Date.now()));
}

function flush(): void {
  timer = undefined;
  lastFlush = Date.now();
  const words = [...waiting.values()].map(({ n, sentence }) => sentence(n)).join(" ");
  waiting.clear();
  lines += 1;
  said.log = [...said.log, { id: lines, words }].slice(-KEPT);
}
