/** A small sound, made here: two soft tones. A browser gives none before somebody pressed something on the page. */
const TONES = [659.25, 523.25];
const EACH = 0.45;
const LOUD = 0.35;

export class Chime {
  /** The browser waits for a press. */
  isBlocked = $state(false);
  #context: AudioContext | null = null;

  /** Get ready to sound. Returns what ends it. */
  open(): () => void {
    if (typeof AudioContext === "undefined") return () => undefined;
    const context = new AudioContext();
    this.#context = context;
    const look = (): void => {
      this.isBlocked = context.state === "suspended";
    };
    context.onstatechange = look;
    look();
    return () => {
      context.onstatechange = null;
      this.#context = null;
      this.isBlocked = false;
      void context.close();
    };
  }

  /** Within a press: from now on it may sound. */
  allow(): void {
    if (this.isBlocked) void this.#context?.resume();
  }

  ring(): void {
    const context = this.#context;
    if (context?.state !== "running") return;
    for (const [place, frequency] of TONES.entries()) {
      const begin = context.currentTime + place * EACH;
      const tone = new OscillatorNode(context, { frequency, type: "sine" });
      const volume = new GainNode(context, { gain: 0 });
      volume.gain.setValueAtTime(0, begin);
      volume.gain.linearRampToValueAtTime(LOUD, begin + 0.02);
      volume.gain.exponentialRampToValueAtTime(0.001, begin + 2 * EACH);
      tone.connect(volume).connect(context.destination);
      tone.start(begin);
      tone.stop(begin + 2 * EACH);
    }
  }
}
