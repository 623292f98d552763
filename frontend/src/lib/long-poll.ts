import type { PollResponse } from "./wire.gen";

/** Of a request; in the worst case a letter is three bytes. */
const BODY_LETTERS = 20_000;
/** Timeout of a probe: the socket has to open and answer. */
const PATIENCE = 8000;
const LONGEST = 300_000;

/** HTTP long polling with the interface of a WebSocket: one poll that always waits, one post at a time. Loaded on demand.
 *  Now and then it probes a real socket. */
export class LongPoll {
  readyState = 0;
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: string }) => void) | null = null;
  onclose: ((event: { code: number }) => void) | null = null;
  /** A socket works here: it is open, and the server has answered on it. */
  onsocket: ((socket: WebSocket) => void) | null = null;
  readonly #url: string;
  readonly #stop = new AbortController();
  #say: string[] = [];
  #have = 0;
  #isPolling = false;
  #isSaying = false;
  #probe: WebSocket | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** `socketUrl`: where a socket would go. `pause`: how long until one is tried; each failure doubles it. */
  constructor(
    readonly socketUrl: string,
    private pause: number,
  ) {
    const name = [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0"));
    this.#url = `${socketUrl.replace(/^ws(s?):\/\/([^/]*)\/ws\//, "http$1://$2/http/")}&line=${name.join("")}`;
    addEventListener("pagehide", this.#end);
    addEventListener("online", this.#try);
    this.#later();
    queueMicrotask(() => {
      this.readyState = 1;
      this.onopen?.();
    });
  }

  send(text: string): void {
    this.#say.push(text);
    if (!this.#isPolling) void this.#poll();
    else void this.#flush();
  }

  close(): void {
    this.#end();
    this.#over();
  }

  async #poll(): Promise<void> {
    this.#isPolling = true;
    try {
      while (this.readyState === 1) {
        // The first request opens the long poll with the hello; later ones only listen.
        const answer = await this.#ask(`"have":${this.#have}`, this.#have === 0 ? this.#next() : []);
        const { have, frames, closed } = (await answer.json()) as PollResponse;
        this.#have = have;
        for (const frame of frames) this.onmessage?.({ data: JSON.stringify(frame) });
        if (closed !== null) return this.#lost(closed);
        void this.#flush();
      }
    } catch {
      this.#lost(1006);
    }
  }

  async #flush(): Promise<void> {
    if (this.#isSaying || this.#have === 0) return;
    this.#isSaying = true;
    try {
      while (this.readyState === 1 && this.#say.length > 0) await this.#ask("", this.#next());
    } catch {
      this.#lost(1006);
    }
    this.#isSaying = false;
  }

  async #ask(more: string, say: readonly string[]): Promise<Response> {
    const parts = [more, say.length > 0 && `"say":[${say.join()}]`].filter(Boolean);
    const answer = await this.#post(`{${parts.join()}}`, { signal: this.#stop.signal });
    if (!answer.ok) throw new Error(answer.statusText);
    return answer;
  }

  #post(body: string, more: RequestInit): Promise<Response> {
    return fetch(this.#url, { method: "POST", headers: { "Content-Type": "application/json" }, body, ...more });
  }

  /** As much of what waits as one request takes, in its order. */
  #next(): string[] {
    let letters = 0;
    let n = 0;
    for (const text of this.#say) {
      letters += text.length;
      if (n > 0 && letters > BODY_LETTERS) break;
      n += 1;
    }
    return this.#say.splice(0, n);
  }

  #lost(code: number): void {
    if (this.readyState !== 1) return;
    this.#over();
    this.onclose?.({ code });
  }

  #over(): void {
    this.readyState = 3;
    this.#stop.abort();
    clearTimeout(this.#timer);
    removeEventListener("pagehide", this.#end);
    removeEventListener("online", this.#try);
    this.#forget();
  }

  /** Tell the server, also from a page that goes: whoever leaves is not counted as present. */
  readonly #end = (): void => {
    if (this.readyState === 1 && this.#have > 0)
      void this.#post('{"end":true}', { keepalive: true }).catch(() => undefined);
  };

  #later(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(this.#try, this.pause * (0.75 + Math.random() / 2));
    this.pause = Math.min(LONGEST, this.pause * 2);
  }

  /** Quietly: until the server answers on it, nothing of it is shown. */
  readonly #try = (): void => {
    this.#forget();
    const socket = (this.#probe = new WebSocket(this.socketUrl));
    socket.onopen = () => socket.send('{"id":0,"do":"ping"}');
    socket.onmessage = () => {
      this.#probe = null;
      this.onsocket?.(socket);
    };
    const fail = (): void => {
      this.#forget();
      this.#later();
    };
    socket.onclose = fail;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(fail, PATIENCE);
  };

  #forget(): void {
    const socket = this.#probe;
    this.#probe = null;
    if (!socket) return;
    socket.onopen = socket.onmessage = socket.onclose = null;
    socket.close();
  }
}
