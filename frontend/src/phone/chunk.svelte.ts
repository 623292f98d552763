/** A lazily loaded chunk. It is fetched when the browser is idle, so that a phone that loses its network later has it; at
 *  once when it is needed. */
export class Chunk<T> {
  parts = $state.raw<T | null>(null);
  hasFailed = $state(false);
  readonly #load: () => Promise<T>;
  #asked: Promise<T | null> | null = null;

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
    }
    return this.parts;
  }
}

export function fetchWhenIdle(chunks: readonly Chunk<unknown>[]): void {
  // Safari has no idle callbacks.
  const idle = typeof requestIdleCallback === "undefined" ? setTimeout : requestIdleCallback;
  addEventListener("load", () => idle(() => chunks.forEach((chunk) => void chunk.fetch())));
}

/** Once more what could not be had: for when the server is there again. */
export const fetchFailed = (chunks: readonly Chunk<unknown>[]): void =>
  chunks.forEach((chunk) => chunk.hasFailed && void chunk.fetch());
