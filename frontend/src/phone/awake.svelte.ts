/** A phone that waits for the next step falls asleep, and counts as silent. Where the browser lets us, its screen stays on. */
class Awake {
  /** There is no such lock without HTTPS, and a phone that saves its battery refuses it. */
  isLeftToPerson = $state(false);

  /** Until the answer is called. */
  keep(): () => void {
    let lock: WakeLockSentinel | undefined;
    let ended = false;
    // The browser lets go of it whenever the page is out of sight.
    const hold = async (): Promise<void> => {
      if (document.visibilityState === "hidden") return;
      try {
        lock = await navigator.wakeLock.request("screen");
        this.isLeftToPerson = false;
        if (ended) void lock.release();
      } catch {
        this.isLeftToPerson = true;
      }
    };
    document.addEventListener("visibilitychange", hold);
    void hold();
    return () => {
      ended = true;
      document.removeEventListener("visibilitychange", hold);
      void lock?.release();
    };
  }
}

export const awake = new Awake();
