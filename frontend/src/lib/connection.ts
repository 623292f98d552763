import type { WireError } from "./entry";
import type { LongPoll } from "./long-poll";
import { isOutdated } from "./outdated";
import { TransportChoice } from "./transport-choice";
import type { ReplyOf, Frame, ConnectionHooks } from "./connection-hooks";
import type { Hello, Welcome } from "./wire.gen";

export const PROTOCOL = 2;
const BACKOFF_FIRST = 500;
/** Backoff limit shortly after a loss: it may be a restart, and a whole room waits. */
const BACKOFF_SOON = 4000;
const SOON = 20_000;
const BACKOFF_MOST = 15_000;
/** Ping intervals of silence after which the connection counts as dead. */
const SILENCE = 2.4;
const PING_BEFORE_WELCOME = 5;
/** Hello timeout: a socket without a welcome for this long is blocked by the network. */
const HELLO = 8000;
/** After waking up, wait this long for a reply before opening another socket. */
const PROBE = 2500;
/** Ping interval of screens that show others' activity, and the silence after which they count as late. */
const WATCHING = 2;
const LATE = 5000;
/** Shorter interruptions are not reported. */
const GRACE = 3000;

type Timer = "ping" | "silence" | "retry" | "grace" | "late";

type Transport = WebSocket | LongPoll;

/** One connection at a time, WebSocket or HTTP: hello, silence detection, reconnect with full jitter. */
export class Connection {
  lastContact: number | null = null;
  /** This network lets no socket through, and it goes on over HTTP. */
  isSlow = false;
  #socket: Transport | null = null;
  readonly #choice = new TransportChoice();
  /** Attempt counter: a cancelled attempt must not use its socket. */
  #tries = 0;
  #welcomed = false;
  #number = 0;
  #asked = new Map<number, { what: "hello" | "ping"; at: number }>();
  #ping = PING_BEFORE_WELCOME;
  #attempt = 0;
  /** When the connection was lost; null while there is one. */
  #lostAt: number | null = null;
  #after: number | null = null;
  #refusal: WireError | null = null;
  #stopped = true;
  /** "offline" was reported: it stays until a connection is open. */
  #isAway = false;
  #timers: Partial<Record<Timer, ReturnType<typeof setTimeout>>> = {};

  constructor(readonly hooks: ConnectionHooks) {}

  start(): void {
    if (!this.#stopped) return;
    this.#stopped = false;
    addEventListener("online", this.#wake);
    addEventListener("offline", this.#wake);
    addEventListener("pageshow", this.#wake);
    document.addEventListener("visibilitychange", this.#wake);
    this.connect();
  }

  stop(): void {
    this.#stopped = true;
    removeEventListener("online", this.#wake);
    removeEventListener("offline", this.#wake);
    removeEventListener("pageshow", this.#wake);
    document.removeEventListener("visibilitychange", this.#wake);
    this.#leave();
    for (const name of ["retry", "grace"] as const) this.#clear(name);
  }

  /** At once, whatever was planned. */
  connect(): void {
    if (this.#stopped) return;
    this.#leave();
    this.#clear("retry");
    this.#after = null;
    this.#refusal = null;
    if (this.lastContact === null && !this.#isAway) this.hooks.status("connecting", null);
    this.#worry();
    this.#choice.choose();
    this.#listen(HELLO);
    if (this.#choice.isHttp) return void this.#goByHttp(this.#tries);
    try {
      this.#take(new WebSocket(this.hooks.url));
    } catch {
      this.#lost(1006);
    }
  }

  #take(socket: Transport): void {
    this.#socket = socket;
    socket.onopen = () => this.hello();
    socket.onmessage = (event: { data: string }) => this.#hear(event.data);
    socket.onclose = (event: { code: number }) => this.#lost(event.code);
  }

  async #goByHttp(tried: number): Promise<void> {
    try {
      // A server that restarts refuses sockets as well.
      if (!(await fetch("/health/live", { cache: "no-store" })).ok) throw new Error();
      const { LongPoll } = await import("./long-poll");
      if (tried !== this.#tries) return;
      const poll = new LongPoll(this.hooks.url, this.#choice.pause);
      poll.onsocket = (socket) => {
        this.#leave();
        this.hooks.lost();
        this.#choice.takeSocket();
        this.#worry();
        this.#take(socket);
        this.#listen(HELLO);
        this.hello();
      };
      this.#take(poll);
    } catch {
      if (tried === this.#tries) this.#lost(1006);
    }
  }

  /** At once; also after a close for good: what was refused then may be granted now. */
  retry(): void {
    if (this.#stopped) this.start();
    else this.connect();
  }

  /** Send the hello: first on a socket, and again after a gap in the log. */
  hello(): void {
    const content: Hello = { protocol: PROTOCOL, ...this.hooks.hello() };
    this.#say("hello", content, null, "hello");
  }

  /** Say what this device still has to send, out of turn. */
  ping(): void {
    if (this.#welcomed) this.#say("ping", this.hooks.load(), null, "ping");
  }

  /** How often this session is pinged, in seconds. */
  get rhythm(): number {
    return this.#ping;
  }

  /** The number under which the reply comes, or null while there is no wire. */
  send(name: string, content: object, key: string): number | null {
    return this.#welcomed ? this.#say(name, content, key) : null;
  }

  #say(name: string, content: object, key: string | null, what?: "hello" | "ping"): number | null {
    if (this.#socket?.readyState !== WebSocket.OPEN) return null;
    this.#number += 1;
    if (what) this.#asked.set(this.#number, { what, at: Date.now() });
    this.#socket.send(JSON.stringify({ id: this.#number, do: name, ...(key && { key }), with: content }));
    return this.#number;
  }

  #hear(text: string): void {
    this.lastContact = Date.now();
    this.hooks.late(false);
    this.#listen();
    let frame: unknown;
    try {
      frame = JSON.parse(text);
    } catch {
      return;
    }
    if (typeof frame !== "object" || frame === null) return;
    if ("re" in frame) this.#replied(frame as { re: number | null } & ReplyOf);
    else if ("bye" in frame) this.#after = (frame as unknown as { after: number }).after;
    else if (this.#welcomed) this.hooks.frame(frame as Frame);
  }

  #replied(frame: { re: number | null } & ({ ok: unknown } | { error: WireError })): void {
    if (frame.re === null) {
      // The reason of a close that follows, or a frame that could not be read.
      if ("error" in frame) this.#refusal = frame.error;
      return;
    }
    const asked = this.#asked.get(frame.re);
    this.#asked.delete(frame.re);
    if (!asked) return this.hooks.reply(frame.re, frame as ReplyOf);
    if ("error" in frame) {
      this.#refusal = frame.error;
      // A server of before protocol 2 leaves the socket open.
      if (isOutdated(frame.error)) this.#lost(4500);
      return;
    }
    if (asked.what === "ping") return this.hooks.pong((frame.ok as { time: number }).time, asked.at);
    const welcome = frame.ok as Welcome;
    this.#welcomed = true;
    this.#choice.welcomed();
    this.isSlow = this.#choice.isHttp;
    this.#attempt = 0;
    this.#lostAt = null;
    this.#ping = welcome.ping;
    this.#clear("grace");
    this.#isAway = false;
    this.#beat();
    this.#listen();
    this.hooks.welcome(welcome, asked.at);
    this.hooks.status("connected", null);
  }

  #lost(code: number): void {
    this.#choice.lost(code);
    this.#leave();
    this.hooks.lost();
    if (code >= 4500 && code < 5000) {
      this.#stopped = true;
      for (const name of ["retry", "grace"] as const) this.#clear(name);
      return this.hooks.status("refused", this.#refusal);
    }
    this.#plan();
  }

  #plan(): void {
    this.#worry();
    if (this.#attempt > 0)
      this.hooks.status(this.lastContact === null && !this.#isAway ? "connecting" : "offline", null);
    this.#lostAt ??= Date.now();
    const limit = Date.now() - this.#lostAt < SOON ? BACKOFF_SOON : BACKOFF_MOST;
    const most = Math.min(limit, BACKOFF_FIRST * 2 ** this.#attempt);
    this.#attempt += 1;
    const delay = this.#after ?? Math.random() * most;
    this.#timers.retry = setTimeout(() => this.connect(), delay);
  }

  /** Say "offline" only when it lasts. */
  #worry(): void {
    this.#timers.grace ??= setTimeout(() => {
      delete this.#timers.grace;
      this.#isAway = true;
      this.hooks.status("offline", null);
    }, GRACE);
  }

  #beat(): void {
    this.#clear("ping");
    this.#timers.ping = setTimeout(
      () => {
        this.ping();
        this.#beat();
      },
      (this.hooks.watches ? Math.min(WATCHING, this.#ping) : this.#ping) * 1000,
    );
  }

  #listen(within = this.#ping * SILENCE * 1000): void {
    this.#clear("silence");
    this.#timers.silence = setTimeout(() => {
      if (!this.#choice.isHttp && this.#socket?.readyState === 0) this.#choice.swallowed();
      this.#lost(1006);
    }, within);
    if (!this.hooks.watches || !this.#welcomed) return;
    this.#clear("late");
    this.#timers.late = setTimeout(() => this.hooks.late(true), LATE);
  }

  readonly #wake = (event: Event): void => {
    if (document.visibilityState === "hidden") return;
    if (!this.#socket) return event.type === "offline" ? undefined : this.connect();
    if (!this.#welcomed) return;
    // Asleep, a socket dies without a word: ask for one.
    this.ping();
    this.#listen(PROBE);
  };

  #leave(): void {
    const socket = this.#socket;
    this.#socket = null;
    this.#tries += 1;
    this.#welcomed = false;
    this.#asked.clear();
    this.#clear("ping");
    this.#clear("silence");
    this.#clear("late");
    if (!socket) return;
    socket.onopen = socket.onmessage = socket.onclose = null;
    socket.close();
  }

  #clear(name: Timer): void {
    clearTimeout(this.#timers[name]);
    delete this.#timers[name];
  }
}
