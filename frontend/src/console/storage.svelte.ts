/** Whether the server can store, as it says of itself. The page asks now and then; no news of the session comes
 *  from here. */
const EVERY = 15_000;

export class Storage {
  good = $state<boolean | null>(null);

  watch(): () => void {
    let over = false;
    const look = async (): Promise<void> => {
      try {
        const answer = await fetch("/health/ready", { cache: "no-store" });
        if (!over) this.good = answer.ok ? true : answer.status === 503 ? false : null;
      } catch {
        if (!over) this.good = null;
      }
    };
    void look();
    const timer = setInterval(() => void look(), EVERY);
    return () => {
      over = true;
      clearInterval(timer);
    };
  }
}
