/** The tabs of one person in one session share one outbox: every tab takes answers, one of them sends. */
import { attempt, inTime, PATIENCE, transact } from "./indexed-db";
import type { OutboxEntry, WireError } from "./entry";
import { makeKey } from "./key";
import type { Done } from "./wire.gen";

/** How an answer left the outbox. `by`: a newer tap on the same item went in its place. */
export type End = { done: Done } | { error: WireError } | { by: string } | null;
export type TabMessage = { put: OutboxEntry } | { drop: string; end: End } | { deferred: boolean } | { person: number };

export interface TabHooks {
  hear(message: TabMessage): void;
  /** Look for what the tab that sent before this one left; until then nothing is sent. */
  prepare(): Promise<void>;
  /** This tab sends from now on. */
  lead(): void;
  /** It has a connection to send over. */
  isOpen(): boolean;
  /** It has something that should be sent. */
  isWaiting(): boolean;
}

export interface Tabs {
  /** Whether this tab may send now. */
  readonly leads: boolean;
  start(hooks: TabHooks): void;
  stop(): void;
  tell(message: TabMessage): void;
}

/** A screen that shares nothing. */
export const ALONE: Tabs = { leads: true, start: () => undefined, stop: () => undefined, tell: () => undefined };

/** Lease duration: another tab takes over this long after the last renewal. */
export const LEASE = 4000;
/** How long the holder trusts its own lease: shorter, so that a frozen tab stops sending before another begins. */
export const HOLD = 3000;
export const BEAT = 1000;

interface Lease {
  session: string;
  page: string;
  at: number;
}

type Letter = TabMessage | { want: true } | { free: true };

/** A lease in IndexedDB, whose transactions put tabs in turn, says which tab sends; messages between tabs carry the rest.
 *  Without a database to decide it every tab sends: then an answer may arrive twice, with one key, and counts once. */
export class BrowserTabs implements Tabs {
  /** A name per lease: a copied tab copies sessionStorage too, so one from there could belong to two. */
  #page = makeKey();
  readonly #session: string;
  #channel: BroadcastChannel | undefined;
  #hooks: TabHooks | undefined;
  #beat: ReturnType<typeof setInterval> | undefined;
  /** When this tab last renewed the lease; -Infinity when another tab holds it. */
  #renewed = -Infinity;
  #isReady = false;
  #isClaiming = false;
  /** The lease became free while this tab was asking for it. */
  #isFreed = false;
  /** Another tab may have it first. */
  #politeUntil = 0;

  constructor(code: string) {
    this.#session = `cocreation:${code}:`;
  }

  get leads(): boolean {
    return this.#isReady && Math.abs(Date.now() - this.#renewed) < HOLD;
  }

  start(hooks: TabHooks): void {
    this.#hooks = hooks;
    addEventListener("pagehide", this.#leave);
    addEventListener("pageshow", this.#arrive);
    this.#arrive();
  }

  stop(): void {
    removeEventListener("pagehide", this.#leave);
    removeEventListener("pageshow", this.#arrive);
    this.#leave();
    this.#channel?.close();
    this.#channel = undefined;
  }

  tell(message: TabMessage): void {
    this.#post(message);
  }

  readonly #arrive = (): void => {
    if (this.#beat !== undefined) return;
    this.#channel ??= attempt(() => new BroadcastChannel(this.#session));
    if (this.#channel) this.#channel.onmessage = (event: MessageEvent<Letter>) => this.#read(event.data);
    this.#beat = setInterval(() => this.#breathe(), BEAT);
    void this.#claim();
  };

  readonly #leave = (): void => {
    clearInterval(this.#beat);
    this.#beat = undefined;
    this.#yield();
  };

  #breathe(): void {
    if (!this.leads && this.#hooks?.isOpen() && this.#hooks.isWaiting()) this.#post({ want: true });
    if (Date.now() >= this.#politeUntil) void this.#claim();
  }

  #read(letter: Letter): void {
    if ("want" in letter) {
      // Another tab has a connection and this one has none.
      if (!this.#isReady || this.#hooks?.isOpen()) return;
      this.#politeUntil = Date.now() + 2 * BEAT;
      this.#yield();
    } else if ("free" in letter) {
      void this.#claim();
      this.#isFreed = true;
    } else this.#hooks?.hear(letter);
  }

  /** Renew the lease, or take a free one. */
  async #claim(): Promise<void> {
    if (this.#isClaiming) return;
    this.#isClaiming = true;
    this.#isFreed = false;
    const asked = Date.now();
    const isMine = await inTime(transact<boolean>("leases", "relaxed", (leases) => this.#ask(leases)));
    this.#isClaiming = false;
    if (this.#beat === undefined) {
      this.#isReady ||= isMine === true;
      return this.#yield();
    }
    // Asleep meanwhile, this tab cannot know who holds the lease now: the next beat asks again.
    if (Date.now() - asked >= HOLD) return;
    if (isMine === false) {
      this.#isReady = false;
      if (this.#isFreed) void this.#claim();
      return;
    }
    // A tab that missed its renewal this long may have missed another tab's lease.
    const isNew = !this.#isReady || asked - this.#renewed >= LEASE;
    // Where no database decides, asking took its time, and will again before the next beat.
    this.#renewed = isMine === null ? Date.now() + PATIENCE : asked;
    if (!isNew) return;
    this.#isReady = false;
    // A frozen tab may hold the database in the middle of a transaction. What it left is read later then.
    await inTime(this.#hooks?.prepare());
    if (isMine === null) this.#renewed = Date.now() + PATIENCE;
    this.#isReady = true;
    this.#hooks?.lead();
  }

  #ask(leases: IDBObjectStore): { result: boolean } {
    const answer = { result: false };
    const found = leases.get(this.#session) as IDBRequest<Lease | undefined>;
    found.onsuccess = () => {
      const lease = found.result;
      answer.result = !lease || lease.page === this.#page || this.#isFree(lease);
      if (answer.result) leases.put({ session: this.#session, page: this.#page, at: Date.now() } satisfies Lease);
    };
    return answer;
  }

  #isFree(lease: Lease): boolean {
    // A clock that was set back must not make a lease last for hours.
    if (Math.abs(Date.now() - lease.at) >= LEASE) return true;
    return attempt(() => localStorage.getItem(`${this.#session}left`)) === lease.page;
  }

  #yield(): void {
    const led = this.#isReady;
    this.#isReady = false;
    this.#renewed = -Infinity;
    if (!led) return;
    // A page that closes may not live to see its transaction; this is written before the handler ends.
    const page = this.#page;
    this.#page = makeKey();
    attempt(() => localStorage.setItem(`${this.#session}left`, page));
    void transact("leases", "relaxed", (leases) => {
      const found = leases.get(this.#session) as IDBRequest<Lease | undefined>;
      found.onsuccess = () => {
        if (found.result?.page === page) leases.delete(this.#session);
      };
    });
    this.#post({ free: true });
  }

  #post(letter: Letter): void {
    attempt(() => this.#channel?.postMessage(letter));
  }
}
