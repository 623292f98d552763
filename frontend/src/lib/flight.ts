/** So many answers may be on their way at once; the server judges them in this order. */
export const WINDOW = 32;
const RETRY_FIRST = 1000;
const RETRY_MOST = 15_000;

/** What is on the wire, what may have been there, and what the server could not judge and is asked again. By key. */
export class Flight {
  readonly #numbers = new Map<number, string>();
  /** What the server may have seen: such an answer can no longer be changed under its key. */
  readonly #seen = new Set<string>();
  readonly #retried = new Set<string>();
  #retryIn = RETRY_FIRST;
  #pause: ReturnType<typeof setTimeout> | undefined;

  /** `again`: the pause is over. */
  constructor(readonly again: () => void) {}

  get isFull(): boolean {
    return this.#numbers.size >= WINDOW;
  }

  /** Nothing is sent while the server is given time. */
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

  /** Its answer came: whose number it was. */
  land(number: number): string | undefined {
    const key = this.#numbers.get(number);
    this.#numbers.delete(number);
    return key;
  }

  /** The wire is another one, or none. */
  clear(): void {
    this.#numbers.clear();
  }

  /** Ask again after a pause, longer each time. */
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

  /** Done with. */
  forget(key: string): void {
    this.#retried.delete(key);
    this.#seen.delete(key);
  }

  /** Something was stored: unless more was asked again, the next pause is a short one. */
  ease(): void {
    if (this.#retried.size === 0) this.#retryIn = RETRY_FIRST;
  }
}
