const RETRY_MS = 3_000;
const LONGEST_RETRY_MS = 60_000;
const IDLE_MS = 2_000;

/** A lazily loaded chunk. It is fetched when the browser is idle, so that a phone that loses its network later has it; at
 *  once when it is needed. */
export class Chunk<T> {
  parts = $state.raw<T | null>(null);
  hasFailed = $state(false);
  readonly #load: () => Promise<T>;
  #asked: Promise<T | null> | null = null;
  #pauseMs = RETRY_MS;
  #isCached = false;

  constructor(load: () => Promise<T>) {
    this.#load = load;
  }

  /** What the page already has. */
  static here<T>(parts: T): Chunk<T> {
    const chunk = new Chunk<T>(() => Promise.resolve(parts));
    chunk.parts = parts;
    return chunk;
  }

  /** Its files are in the cache of the browser. */
  setCached(): void {
    this.#isCached = true;
  }

  /** Returns the parts; null when they cannot be had now. */
  async fetch(): Promise<T | null> {
    return this.parts ?? (this.#asked ??= this.#ask());
  }

  async #ask(): Promise<T | null> {
    try {
      if (!this.#isCached) await reach();
      this.parts = await this.#load();
      this.hasFailed = false;
    } catch {
      // Some browsers ask again, others remember the failure until the page is loaded anew.
      this.hasFailed = true;
      this.#asked = null;
      // Race: a request from before the network was lost may fail after the phone is connected again.
      setTimeout(() => void this.fetch(), this.#pauseMs);
      this.#pauseMs = Math.min(2 * this.#pauseMs, LONGEST_RETRY_MS);
    }
    return this.parts;
  }
}

/** Throws when the server cannot be reached: an import then would fail for good, see `fetchWhenIdle`. */
async function reach(): Promise<void> {
  const [any] = laterAddresses(document);
  // What a page asks for while it loads comes as the page itself did.
  if (!any || document.readyState !== "complete") return;
  await fetch(any, { method: "HEAD", cache: "no-store" });
}

/** Fetches the chunks once the browser is idle. The files come first, by `fetch`: some browsers do not ask again for a
 *  module whose import failed, and the network may be gone. */
export function fetchWhenIdle(chunks: readonly Chunk<unknown>[], addresses: readonly string[]): void {
  let pauseMs = RETRY_MS;
  const fetchAll = async (): Promise<void> => {
    try {
      await Promise.all(addresses.map((address) => fetchWhole(address)));
    } catch {
      setTimeout(() => void fetchAll(), pauseMs);
      pauseMs = Math.min(2 * pauseMs, LONGEST_RETRY_MS);
      return;
    }
    for (const chunk of chunks) {
      chunk.setCached();
      void chunk.fetch();
    }
  };
  addEventListener("load", () => {
    // Safari has no idle callbacks. A slow phone may never be idle while a room votes.
    if (typeof requestIdleCallback === "undefined") setTimeout(() => void fetchAll());
    else requestIdleCallback(() => void fetchAll(), { timeout: IDLE_MS });
  });
}

/** Into the cache of the browser. */
async function fetchWhole(address: string): Promise<void> {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${address}: ${response.status}`);
  await response.arrayBuffer();
}

/** What the page says that its scripts load later (sessions/templatetags/bundle.py); nothing while developing. */
export const laterAddresses = (page: Document): readonly string[] =>
  page.querySelector<HTMLElement>("script[data-later]")?.dataset.later?.split(" ") ?? [];

/** The ways of voting that the agenda had when the page was made: those alone are loaded before they are needed, as each
 *  brings files of its own and a room loads the page at once. All of them while developing.
 */
export const expectedBallots = (page: Document): readonly string[] | null =>
  page.querySelector<HTMLElement>("script[data-ballots]")?.dataset.ballots?.split(" ") ?? null;

/** At once what could not be had: for when the server is there again. */
export const fetchFailed = (chunks: readonly Chunk<unknown>[]): void =>
  chunks.forEach((chunk) => chunk.hasFailed && void chunk.fetch());
