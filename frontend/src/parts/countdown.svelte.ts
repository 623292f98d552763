export interface Timing {
  /** When the time is over, on the server's clock, in milliseconds; null when nobody set a clock. */
  readonly deadline: number | null;
  /** What was left when the clock was paused; null while it runs. */
  readonly pausedLeft: number | null;
  /** The server's clock as this screen knows it. */
  readonly now: () => number;
}

/** Milliseconds left, alive. Wakes just after each whole second, so that two clocks on a wall change together. */
export class Countdown {
  left = $state<number | null>(null);
  readonly #timing: () => Timing;

  constructor(timing: () => Timing) {
    this.#timing = timing;
    this.left = remaining(timing());
    $effect(() => {
      const { deadline, pausedLeft, now } = this.#timing();
      let timer: ReturnType<typeof setTimeout> | undefined;
      const beat = (): void => {
        this.left = remaining({ deadline, pausedLeft, now });
        if (deadline === null || pausedLeft !== null || this.left === 0) return;
        timer = setTimeout(beat, ((deadline - now()) % 1000) + 5);
      };
      // A sleeping phone's timers stand still; look again the moment it is looked at.
      const wake = (): void => {
        clearTimeout(timer);
        beat();
      };
      beat();
      document.addEventListener("visibilitychange", wake);
      return () => {
        clearTimeout(timer);
        document.removeEventListener("visibilitychange", wake);
      };
    });
  }
}

export function remaining({ deadline, pausedLeft, now }: Timing): number | null {
  if (pausedLeft !== null) return Math.max(0, pausedLeft);
  return deadline === null ? null : Math.max(0, deadline - now());
}
