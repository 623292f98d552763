/** Consecutive broken sockets after which HTTP is tried; a socket that lived this long was not broken. */
const BROKEN = 2;
const YOUNG = 30_000;
/** On HTTP, a socket is tried for the first time after this; later ones that break make it longer. */
const PROBE_FIRST = 2000;

/** Chooses the transport: WebSocket, or HTTP long polling where the network blocks sockets. */
export class TransportChoice {
  /** The current or last attempt uses HTTP. */
  isHttp = false;
  /** Sockets in a row that were refused, swallowed or cut young. */
  #broken = 0;
  #since: number | null = null;

  /** Choose for the next try. Where sockets break, one way after the other: if pages fail too, it is not the sockets. */
  choose(): void {
    this.isHttp = this.#broken >= BROKEN && !this.isHttp;
    this.#since = null;
  }

  /** A socket works here. */
  takeSocket(): void {
    this.isHttp = false;
    this.#since = null;
  }

  welcomed(): void {
    this.#since = Date.now();
  }

  /** A socket was not even refused: no second one is waited for. */
  swallowed(): void {
    this.#broken = Math.max(this.#broken, BROKEN - 1);
  }

  lost(code: number): void {
    const wasYoung = this.#since === null || Date.now() - this.#since < YOUNG;
    // Where a close code of ours came through, a socket works; and a phone that sleeps cuts its own.
    if (!this.isHttp && document.visibilityState !== "hidden") {
      this.#broken = wasYoung && code < 4000 ? this.#broken + 1 : 0;
    }
    // A long poll that stood is tried again before a socket is.
    if (this.#since !== null) this.isHttp = false;
  }

  /** How long to wait on HTTP before a socket is tried. */
  get pause(): number {
    return PROBE_FIRST * 2 ** (this.#broken - BROKEN);
  }
}
