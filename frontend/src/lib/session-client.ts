import { BrowserStore } from "./browser-store";
import { ServerClock } from "./clock";
import { ClosingTeller, leftOf } from "./closing";
import { Connection } from "./connection";
import { cardOf, marksGiven, type OutboxEntry, type CommandName, type Commands, type WireError } from "./entry";
import { changeOf, moveDraft } from "./draft";
import { fetchEarlier, follow, NOTHING, remember, type Pages } from "./earlier";
import { explain } from "./explain";
import { forgetCached, keep, readCached } from "./offline-cache";
import { isOutdated } from "./outdated";
import { Outbox } from "./outbox";
import type { OutboxHooks } from "./outbox-hooks";
import { applyMember, applyNow, applyOwn, applyShared } from "./state";
import { MemoryStore, type OutboxStore } from "./store";
import { ALONE, BrowserTabs } from "./tabs";
import type { ClientView } from "./view";
import type { Frame, Status } from "./connection-hooks";
import type { Audience, Done, Hello, HeldAnswers, PersonDoc, SharedEvent, SnapshotDoc, Welcome } from "./wire.gen";

export type { ClientView, OutboxEntry, Status, WireError };

const KEEP_AFTER = 1000;

export interface ClientOptions {
  code: string;
  as: Audience;
  lang: Hello["lang"];
  /** The seed of the person whose page this is. With it, what they last knew is kept for when there is no network. */
  person?: number | null;
  store?: OutboxStore;
  url?: string;
}

/** The client of a session: its state, outbox and connection. Current while connected, cached otherwise. */
export class SessionClient {
  readonly clock = new ServerClock();
  readonly outbox: Outbox;
  readonly #connection: Connection;
  /** The session to keep what is known of, or null: also once the server does not want this screen any more. */
  #code: string | null;
  readonly #session: string;
  readonly #names = new Map<string, string>();
  readonly #readers = new Set<(view: ClientView) => void>();
  #view: ClientView;
  /** When what is shown without a connection was true. */
  #recalled: number | null = null;
  #epoch: string | null = null;
  #seq = 0;
  #asking = false;
  readonly #teller = new ClosingTeller(
    () => this.#connection.ping(),
    () => this.#connection.rhythm,
  );
  #keeping: ReturnType<typeof setTimeout> | undefined;
  #pages: Pages | null = null;

  constructor(options: ClientOptions) {
    const { code, as, lang, person = null } = options;
    this.#session = code;
    this.#code = person === null ? null : code;
    this.#view = {
      status: "connecting",
      refusal: null,
      snapshot: null,
      earlier: NOTHING,
      you: null,
      waiting: [],
      settling: [],
      names: this.#names,
      refused: [],
      isFull: false,
      isDeferred: false,
      lastContact: null,
      isLate: false,
      isSlow: false,
      behind: null,
    };
    const isShared = as === "phone" && !options.store;
    const store = options.store ?? (isShared ? new BrowserStore(code) : new MemoryStore());
    store.changed = () => this.show({});
    const hooks: OutboxHooks = {
      send: (entry) => this.#connection.send(entry.do, entry.with, entry.key),
      changed: () => this.show({}),
      acknowledged: (entry, done) => this.#acknowledged(code, entry, done),
      now: () => this.now(),
      again: () => this.#connection.connect(),
      refusal: (reason) => ({ code: reason, message: explain(reason), retry: false, fields: {} }),
    };
    this.outbox = new Outbox(store, hooks, isShared ? new BrowserTabs(code) : ALONE);
    this.outbox.person = person;
    this.#connection = new Connection({
      url: options.url ?? socketAddress(code, as),
      hello: () => ({ lang, ...(this.#epoch !== null && { epoch: this.#epoch, seq: this.#seq }) }),
      load: () => {
        const left = this.#left();
        return { waiting: this.outbox.waiting.length, ...(left && { left }) };
      },
      welcome: (welcome, sent) => this.#welcome(welcome, sent),
      frame: (frame) => this.#frame(frame),
      reply: (re, reply) => this.outbox.takeReply(re, reply),
      pong: (time, sent) => this.clock.learn(time, sent, Date.now()),
      lost: () => this.outbox.close(),
      status: (status, refusal) => this.#turn(status, refusal),
      watches: as !== "phone",
      late: (late) => {
        if (late === this.#view.isLate) return;
        this.show({ isLate: late });
      },
    });
  }

  start(): void {
    addEventListener("pagehide", this.#keepNow);
    this.outbox.start();
    this.#connection.start();
  }

  stop(): void {
    removeEventListener("pagehide", this.#keepNow);
    clearTimeout(this.#keeping);
    this.outbox.tabs.stop();
    this.#connection.stop();
    this.outbox.close();
  }

  /** As a Svelte store: `$live`. */
  subscribe(run: (view: ClientView) => void): () => void {
    this.#readers.add(run);
    run(this.#view);
    return () => this.#readers.delete(run);
  }

  /** Resolves when it is stored, rejects with the server's reason when it was refused for good. */
  ask<Name extends CommandName>(command: Name, content: Commands[Name]): Promise<Done> {
    return this.outbox.add(command, content);
  }

  /** The number of the next tap on this device. */
  nextTap(): number {
    return this.outbox.store.count("tap", this.#view.you?.as === "phone" ? this.#view.you.tap : 0);
  }

  /** The server's time, in milliseconds. */
  now(): number {
    return this.clock.now();
  }

  /** Connect at once; also where the server had closed for good, as somebody may have signed in again since. */
  retry(): void {
    this.#connection.retry();
  }

  /** Ask for what a phone may see of all steps. False when it cannot be had. */
  async lookBack(): Promise<boolean> {
    const pages = await fetchEarlier(this.#session, this.#pages);
    if (!pages) return false;
    this.#pages = pages;
    this.show({ earlier: pages.earlier });
    this.#keep();
    return true;
  }

  #welcome(welcome: Welcome, sent: number): void {
    this.clock.forget();
    this.clock.learn(welcome.time, sent, Date.now());
    this.#asking = false;
    const isAnew = this.#epoch !== null && this.#epoch !== welcome.epoch;
    this.#epoch = welcome.epoch;
    let { snapshot, earlier } = this.#view;
    if (welcome.snapshot) {
      snapshot = welcome.snapshot;
      // What was redacted since is told nowhere.
      earlier = NOTHING;
    } else if (snapshot) {
      const next = this.#apply(snapshot, welcome.events ?? []);
      earlier = remember(follow(earlier, welcome.events ?? []), snapshot, next);
      snapshot = { ...next, now: welcome.now ?? snapshot.now };
    }
    this.#seq = welcome.seq;
    // The log may begin again: what was stored before it is in no later line.
    this.outbox.reach(isAnew ? Infinity : welcome.seq);
    this.#view = { ...this.#view, status: "connected", refusal: null, snapshot, earlier, you: welcome.you };
    this.#teller.forget();
    this.outbox.open(welcome.you.as === "phone" ? welcome.you.seed : null);
    this.#keep();
  }

  #turn(status: Status, refusal: WireError | null): void {
    // A page of another version is loaded anew, and is the same person's.
    if (status === "refused" && this.#code !== null && !isOutdated(refusal)) {
      forgetCached(this.#code);
      this.#code = null;
    }
    if (status === "offline" && !this.#view.snapshot) void this.#recall();
    this.show({ status, refusal });
  }

  /** Without a word from the server: what this person last knew, with the time of it. */
  async #recall(): Promise<void> {
    const { person } = this.outbox;
    if (this.#code === null || person === null) return;
    const kept = await readCached(this.#code, person);
    if (!kept || this.#view.snapshot) return;
    this.#recalled = kept.at;
    this.show({ snapshot: kept.snapshot, earlier: kept.earlier ?? NOTHING, you: kept.you });
  }

  /** Soon, and not for every change; at once when the page goes. */
  #keep(): void {
    if (this.#code !== null) this.#keeping ??= setTimeout(this.#keepNow, KEEP_AFTER);
  }

  readonly #keepNow = (): void => {
    clearTimeout(this.#keeping);
    this.#keeping = undefined;
    const { snapshot, earlier, you } = this.#view;
    if (this.#code === null || this.#epoch === null || !snapshot || you?.as !== "phone") return;
    keep({ session: this.#code, person: you.seed, at: this.#view.lastContact ?? this.now(), snapshot, earlier, you });
  };

  #frame(frame: Frame): void {
    const { snapshot, you } = this.#view;
    // A cached snapshot must not be resumed from.
    if (!snapshot || this.#epoch === null) return;
    this.#keep();
    if ("you" in frame) {
      if (you?.as === "phone") this.show({ you: frame.you.reduce(applyOwn, you) });
      else if (you?.as === "console") this.show({ you: frame.you.reduce(applyMember, you) });
    } else if ("now" in frame) {
      this.show({ snapshot: { ...snapshot, now: applyNow(snapshot.now, frame.now) } });
    } else if ("to" in frame && frame.to > this.#seq && !this.#asking) {
      if (frame.from > this.#seq + 1) {
        this.#asking = true;
        return this.#connection.hello();
      }
      const next = this.#apply(snapshot, frame.events);
      this.#seq = frame.to;
      this.outbox.reach(frame.to);
      this.show({ snapshot: next, earlier: remember(follow(this.#view.earlier, frame.events), snapshot, next) });
    }
  }

  #acknowledged(code: string, entry: OutboxEntry, done: Done): void {
    const { you, snapshot } = this.#view;
    if (entry.do === "card.write" && done.id) {
      const name = cardOf(entry.key);
      this.#names.set(done.id, name);
      moveDraft(code, changeOf(name), changeOf(done.id));
    }
    // The server does not repeat a vote to the socket that was told it is stored.
    if (entry.do !== "vote.cast" || you?.as !== "phone") return;
    const { round, tap } = entry.with;
    const given = marksGiven(entry);
    const isNamed = (item: string): boolean => given.some((mark) => mark.item === item);
    // An equal tap of another device was there first: this one was acknowledged and changed nothing.
    if (you.votes.some((vote) => vote.round === round && isNamed(vote.item) && vote.tap >= tap)) return;
    const fixes = snapshot?.rounds.find(({ id }) => id === round)?.fixes_sector === true;
    const sector_fixed = you.sector_fixed || fixes;
    const told = given.map(({ item, value }) => ({ round, item, value, tap }));
    this.#view = {
      ...this.#view,
      you: told.reduce(
        (now: PersonDoc, vote) => applyOwn(now, { type: "you.vote", seq: done.seq, vote, sector_fixed }),
        you,
      ),
    };
  }

  #apply(snapshot: SnapshotDoc, events: readonly SharedEvent[]): SnapshotDoc {
    return events.filter((event) => event.seq > this.#seq).reduce(applyShared, snapshot);
  }

  #left(): HeldAnswers | null {
    const { snapshot, you } = this.#view;
    return snapshot && you?.as === "phone" ? leftOf(snapshot, you, this.outbox.waiting) : null;
  }

  /** Also where no connection tells it: on a page that only looks. */
  show(change: Partial<ClientView>): void {
    const { waiting, settling, refused, isDeferred } = this.outbox;
    const heard = this.#connection.lastContact;
    const lastContact = heard === null ? this.#recalled : heard + this.now() - Date.now();
    const { isFull } = this.outbox.store;
    const { isSlow } = this.#connection;
    this.#view = { ...this.#view, ...change, waiting, settling, refused, isFull, isDeferred, lastContact, isSlow };
    const { isLate, snapshot } = this.#view;
    const behind = snapshot?.now.behind?.since ?? (isLate ? lastContact : null);
    if (behind !== this.#view.behind) this.#view = { ...this.#view, behind };
    this.#teller.look(this.#left(), this.now());
    for (const run of this.#readers) run(this.#view);
  }
}

function socketAddress(code: string, as: Audience): string {
  const scheme = location.protocol === "https:" ? "wss" : "ws";
  return `${scheme}://${location.host}/ws/s/${encodeURIComponent(code)}/?as=${as}`;
}
