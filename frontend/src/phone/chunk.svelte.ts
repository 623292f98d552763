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

  constructor(load: () => Promise<T>) {
    this.#load = load;
  }

  /** What the page already has. */
  static here<T>(parts: T): Chunk<T> {
    const chunk = new Chunk<T>(() => Promise.resolve(parts));
    chunk.parts = parts;
    return chunk;
  }

  /** Returns the parts; null when they cannot be had now. */
  async fetch(): Promise<T | null> {
    return this.parts ?? (this.#asked ??= this.#ask());
  }

  async #ask(): Promise<T | null> {
    try {
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

export function fetchWhenIdle(chunks: readonly Chunk<unknown>[]): void {
  const fetchAll = (): void => chunks.forEach((chunk) => void chunk.fetch());
  addEventListener("load", () => {
    // Safari has no idle callbacks. A slow phone may never be idle while a room votes.
    if (typeof requestIdleCallback === "undefined") setTimeout(fetchAll);
    else requestIdleCallback(fetchAll, { timeout: IDLE_MS });
  });
}

/** At once what could not be had: for when the server is there again. */
export const fetchFailed = (chunks: readonly Chunk<unknown>[]): void =>
  chunks.forEach((chunk) => chunk.hasFailed && void chunk.fetch());
