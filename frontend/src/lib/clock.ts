/** Estimates the server's clock; the reply with the shortest round trip is the best estimate. */
export class ServerClock {
  #offset = 0;
  #trip = Infinity;

  now(): number {
    return Date.now() + this.#offset;
  }

  /** `time` is what the server said between `sent` and `received`, both by this device's clock. */
  learn(time: number, sent: number, received: number): void {
    const trip = received - sent;
    // The device's own clock may be set while a connection stands: then what was known is not possible any more.
    const isPossible = Math.abs(this.#offset - (time - (sent + received) / 2)) <= trip / 2 + 1;
    if (trip < 0 || (trip > this.#trip && isPossible)) return;
    this.#trip = trip;
    this.#offset = Math.round(time - (sent + received) / 2);
  }

  /** A device's clock may have been set while it slept: on a new connection every answer counts again. */
  forget(): void {
    this.#trip = Infinity;
  }
}
