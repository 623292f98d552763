type Parts = typeof import("./later");

/** The screens of `later.ts`: fetched when the page has loaded and has nothing else to do, so that a phone that loses
 *  its network later has them; at once when one of them is asked for before. */
class Rest {
  parts = $state.raw<Parts | null>(null);
  hasFailed = $state(false);
  #asked = false;

  async fetch(): Promise<void> {
    if (this.#asked) return;
    this.#asked = true;
    try {
      this.parts = await import("./later");
    } catch {
      // Some browsers ask again, others remember the failure until the page is loaded anew.
      this.hasFailed = true;
      this.#asked = false;
    }
  }

  fetchWhenIdle(): void {
    // Safari has no idle callbacks.
    const idle = typeof requestIdleCallback === "undefined" ? setTimeout : requestIdleCallback;
    addEventListener("load", () => idle(() => void this.fetch()));
  }
}

export const rest = new Rest();
