/** Window of unacknowledged sends; the server judges them in this order. */
export const WINDOW = 32;
const RETRY_FIRST = 1000;
const RETRY_MOST = 15_000;

/** Tracks sends in flight, possible earlier sends, and retries with backoff. By key. */
export class InFlight {
  readonly #numbers = new Map<number, string>();
  /** What the server may have seen: such an answer can no longer be changed under its key. */
  readonly #seen = new Set<string>();
  readonly #retried = new Set<string>();
  #retryIn = RETRY_FIRST;
  #pause: ReturnType<typeof setTimeout> | undefined;

  /** `again` is called when the backoff is over. */
  constructor(readonly again: () => void) {}

  get isFull(): boolean {
    return this.#numbers.size >= WINDOW;
  }

  /** Whether a backoff is running: nothing is sent until it ends. */
  get isPausing(): boolean {
    return this.#pause !== undefined;
  }

  isUnderWay(key: string): boolean {
    return [...this.#numbers.values()].includes(key);
  }

  mayBeSeen(key: string): boolean {
    return this.#seen.has(key);
  }

  wasRetried(key: string): boolean {
    return this.#retried.has(key);
  }

  see(key: string): void {
    this.#seen.add(key);
  }

  leave(number: number, key: string): void {
    this.#seen.add(key);
    this.#numbers.set(number, key);
  }

  /** The reply to it came. Returns the key that was sent under this number. */
  land(number: number): string | undefined {
    const key = this.#numbers.get(number);
    this.#numbers.delete(number);
    return key;
  }

  /** The connection was replaced or lost. */
  clear(): void {
    this.#numbers.clear();
  }

  /** Retry with exponential backoff. */
  retry(key: string): void {
    this.#retried.add(key);
    if (this.isPausing) return;
    this.#pause = setTimeout(() => {
      this.goOn();
      this.again();
    }, this.#retryIn);
    this.#retryIn = Math.min(RETRY_MOST, this.#retryIn * 2);
  }

  goOn(): void {
    clearTimeout(this.#pause);
    this.#pause = undefined;
  }

  /** Its reply came, or it is not sent any more. */
  forget(key: string): void {
    this.#retried.delete(key);
    this.#seen.delete(key);
  }

  /** Something was stored: reset the backoff, unless more retries wait. */
  ease(): void {
    if (this.#retried.size === 0) this.#retryIn = RETRY_FIRST;
  }
}
