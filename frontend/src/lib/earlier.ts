/** What a phone knew, or asks for, of steps that its snapshot does not hold. */
import type { EarlierDoc, ResultDoc, RoundDoc, SharedEvent, SnapshotDoc, StepDoc, Words } from "./wire.gen";

export interface Earlier {
  readonly steps: readonly StepDoc[];
  readonly rounds: readonly RoundDoc[];
  readonly results: readonly ResultDoc[];
}

export const NOTHING: Earlier = { steps: [], rounds: [], results: [] };

/** As they were fetched; `mark` says of what moment. */
export interface Pages {
  readonly mark: string;
  readonly earlier: Earlier;
}

const TRIES = 3;

/** What goes out of the snapshot is still known: as long as there is no network, this is what there is. */
export function remember(earlier: Earlier, before: SnapshotDoc, after: SnapshotDoc): Earlier {
  if (before === after) return earlier;
  const steps = left(before.steps, after.steps, ({ id }) => id);
  const rounds = left(before.rounds, after.rounds, ({ id }) => id);
  const results = left(before.results, after.results, ({ round }) => round);
  if (steps.length + rounds.length + results.length === 0) return earlier;
  return {
    steps: [...left(earlier.steps, steps, ({ id }) => id), ...steps],
    rounds: [...left(earlier.rounds, rounds, ({ id }) => id), ...rounds],
    results: [...left(earlier.results, results, ({ round }) => round), ...results],
  };
}

/** What is known of all steps: the snapshot's own, and what is known besides. */
export const withEarlier = (snapshot: SnapshotDoc, earlier: Earlier): Earlier => ({
  steps: [...snapshot.steps, ...left(earlier.steps, snapshot.steps, ({ id }) => id)],
  rounds: [...snapshot.rounds, ...left(earlier.rounds, snapshot.rounds, ({ id }) => id)],
  results: [...snapshot.results, ...left(earlier.results, snapshot.results, ({ round }) => round)],
});

/** A card, or words, that were voted on earlier are redacted: they are forgotten here too, and so is an option in the settings
 *  of its step. */
export function follow(earlier: Earlier, events: readonly SharedEvent[]): Earlier {
  return events.reduce((known, event) => {
    if (event.type !== "item.put" || !known.rounds.some(({ id }) => id === event.round)) return known;
    const { round, item } = event;
    const change = (found: RoundDoc): RoundDoc =>
      found.id === round ? { ...found, items: found.items.map((old) => (old.id === item.id ? item : old)) } : found;
    const before = known.rounds.find(({ id }) => id === round);
    const words = item.hidden ? before?.items.find(({ id }) => id === item.id)?.words : null;
    const steps = words
      ? known.steps.map((step) => (step.id === before?.step ? withoutOption(step, words) : step))
      : known.steps;
    return { ...known, steps, rounds: known.rounds.map(change) };
  }, earlier);
}

function withoutOption(step: StepDoc, { nl, en }: Words): StepDoc {
  if (!("options" in step.settings)) return step;
  const options = step.settings.options.filter((option) => option.nl !== nl || option.en !== en);
  return { ...step, settings: { ...step.settings, options } };
}

function left<T>(before: readonly T[], after: readonly T[], nameOf: (thing: T) => string): T[] {
  const names = new Set(after.map(nameOf));
  return before.filter((thing) => !names.has(nameOf(thing)));
}

/** All pages, of one moment. `known` comes back when nothing of it has changed. Null: they cannot be had. */
export async function fetchEarlier(code: string, known: Pages | null): Promise<Pages | null> {
  const address = `/api/v1/sessions/${encodeURIComponent(code)}/earlier`;
  try {
    for (let tried = 0; tried < TRIES; tried += 1) {
      const pages = await readPages(address, known);
      if (pages) return pages;
    }
  } catch {
    // No network, or something that is no answer of the server.
  }
  return null;
}

/** Null when it changed between two pages. */
async function readPages(address: string, known: Pages | null): Promise<Pages | null> {
  const pages: EarlierDoc[] = [];
  let mark: string;
  do {
    const headers: HeadersInit = known && pages.length === 0 ? { "If-None-Match": known.mark } : {};
    const answer = await fetch(`${address}?page=${pages.length}`, { cache: "no-store", headers });
    if (answer.status === 304) return known;
    if (!answer.ok) throw new Error();
    const page = (await answer.json()) as EarlierDoc;
    const first = pages[0] ?? page;
    if (page.epoch !== first.epoch || page.number !== first.number) return null;
    mark = answer.headers.get("ETag") ?? "";
    pages.push(page);
  } while (pages.length < (pages[0]?.pages ?? 0));
  const earlier = {
    steps: pages.flatMap(({ steps }) => steps),
    rounds: pages.flatMap(({ rounds }) => rounds),
    results: pages.flatMap(({ results }) => results),
  };
  return { mark, earlier };
}
