/** Pages that turn by themselves, or only when asked (`every` null). */
export class Turner {
  paused = $state(false);
  #page = $state(0);
  readonly #count: () => number;

  constructor(count: () => number, every: number | null, from = 0) {
    this.#count = count;
    this.#page = from;
    if (every === null) return;
    $effect(() => {
      // Reading the page makes each turn start its own full time, also after a turn by hand.
      void this.#page;
      if (this.paused || count() < 2) return;
      const timer = setTimeout(() => this.turn(1), every);
      return () => clearTimeout(timer);
    });
  }

  get count(): number {
    return this.#count();
  }

  /** Always a page that exists, also when there are fewer now. */
  get page(): number {
    return Math.min(this.#page, Math.max(0, this.#count() - 1));
  }

  turn(by: 1 | -1): void {
    const count = Math.max(1, this.#count());
    this.#page = (this.page + by + count) % count;
  }
}
