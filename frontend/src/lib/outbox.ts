import { cardOf, isPending, targetOf, textOf, type OutboxEntry, type VerbName, type Verbs, type WireError } from "./entry";
import { makeKey } from "./key";
import type { OutboxStore } from "./store";
import { ALONE, type End, type TabMessage, type Tabs } from "./tabs";
import type { Done } from "./wire.gen";

/** So many answers may be on their way at once; the server judges them in this order. */
export const WINDOW = 32;
const RETRY_FIRST = 1000;
const RETRY_MOST = 15_000;
/** A step or a clock is moved now or not at all: a facilitator who was away does not want it later. */
const FLEETING = /^(step|clock)\./;
const FLEETING_FOR = 15_000;

export interface OutboxWays {
  /** Put an answer on the wire; its number there, or null when there is no wire. */
  send(entry: OutboxEntry): number | null;
  changed(): void;
  /** It is stored. */
  settled(entry: OutboxEntry, done: Done): void;
  now(): number;
  /** An error that this device gives itself. */
  refusal(code: "server.unavailable" | "auth.not_joined" | "card.unknown"): WireError;
}

interface Promised {
  resolve(done: Done): void;
  reject(error: WireError): void;
}

/** Answers in the order they were given, from the oldest that is not acknowledged. Nothing leaves but by an answer.
 *  Every tab of a person has all of them in sight; the one that leads sends and judges, and tells the others. */
export class Outbox {
  #entries: OutboxEntry[] = [];
  #flight = new Map<number, string>();
  #promised = new Map<string, Promised>();
  /** What the server may have seen: such an answer can no longer be changed under its key. */
  #sent = new Set<string>();
  #retried = new Set<string>();
  /** Done with here: a copy that storage had not forgotten yet is not taken for new. */
  #past = new Set<string>();
  /** The ids of cards that were written here, by the name they had before. */
  #ids = new Map<string, string>();
  /** Whose answers these are, as far as it is known. */
  person: number | null = null;
  #retryIn = RETRY_FIRST;
  #held: ReturnType<typeof setTimeout> | undefined;
  #open = false;
  #reached = 0;

  constructor(
    readonly store: OutboxStore,
    readonly ways: OutboxWays,
    readonly tabs: Tabs = ALONE,
  ) {}

  /** Not acknowledged yet. */
  get waiting(): OutboxEntry[] {
    return this.#entries.filter((entry) => !entry.error && !entry.done);
  }

  /** Acknowledged, and the log has not brought them yet: a screen shows them as stored. */
  get settling(): OutboxEntry[] {
    return this.#entries.filter((entry) => entry.done);
  }

  /** Refused for good, kept until read. */
  get refused(): OutboxEntry[] {
    return this.#entries.filter((entry) => entry.error);
  }

  start(): void {
    this.tabs.start({
      hear: (message) => this.hear(message),
      prepare: () => this.adopt(),
      lead: () => this.#judge(),
      isOpen: () => this.#open,
      isWaiting: () => this.waiting.length > 0,
    });
    void this.adopt();
  }

  /** Take what the last visit left, and what a tab left that lives no more. */
  async adopt(): Promise<void> {
    const left = await this.store.load();
    const known = new Set([...this.#past, ...this.#entries.map((entry) => entry.key)]);
    const fresh = left.filter((entry) => !known.has(entry.key));
    for (const entry of fresh) this.#insert(entry);
    if (fresh.length > 0) this.#judge();
  }

  add<Name extends VerbName>(name: Name, content: Verbs[Name]): Promise<Done> {
    const entry = this.#withId(this.#make(name, content));
    this.#collapse(entry);
    this.#entries = [...this.#entries, entry];
    this.#keep(entry);
    const promise = this.#promise(entry.key);
    this.ways.changed();
    this.flush();
    return promise;
  }

  /** What another tab put, or has done with. */
  hear(message: TabMessage): void {
    if ("put" in message) {
      const { put } = message;
      // It crossed with the word that the answer is done.
      if (this.#past.has(put.key)) return this.store.drop(put.key);
      const entry = this.#withId(put);
      this.#insert(entry);
      if (entry !== put && this.tabs.leads) this.store.put(entry);
      const { error } = entry;
      if (error) this.#keepPromise(entry.key, (promised) => promised.reject(error));
    } else this.#end(message.drop, message.end);
    this.ways.changed();
    this.flush();
  }

  /** Change what has certainly not been sent; false when it may have been. */
  amend(key: string, change: (entry: OutboxEntry) => OutboxEntry | null): boolean {
    const entry = this.#entries.find((known) => known.key === key);
    if (!entry || entry.error || entry.done || this.#sent.has(key) || !this.tabs.leads) return false;
    const changed = change(entry);
    if (changed) this.#save(changed);
    else this.#drop(key, null);
    this.ways.changed();
    return true;
  }

  /** Forget a refused answer: its person has read it. */
  forget(key: string): void {
    this.#drop(key, null);
    this.ways.changed();
  }

  /** The wire is open and knows the person. */
  open(person: number | null): void {
    this.#open = true;
    this.person = person;
    this.#flight.clear();
    this.#judge();
  }

  close(): void {
    this.#open = false;
    this.#flight.clear();
    this.#release();
  }

  flush(): void {
    if (!this.#open || this.#held !== undefined || !this.tabs.leads) return;
    const flying = new Set(this.#flight.values());
    for (const entry of this.waiting) {
      if (flying.has(entry.key)) continue;
      if (this.#flight.size >= WINDOW) return;
      // What changes a card waits until the card has its id; what comes after waits with it.
      if (isPending(targetOf(entry))) return;
      const number = this.ways.send(entry);
      if (number === null) return;
      this.#sent.add(entry.key);
      this.#flight.set(number, entry.key);
    }
  }

  /** The server's answer to number `re`; false when it was none of these. */
  answer(re: number, answer: { ok: Done } | { error: WireError }): boolean {
    const key = this.#flight.get(re);
    if (key === undefined) return false;
    this.#flight.delete(re);
    const entry = this.#entries.find((known) => known.key === key);
    if (!entry) return true;
    if ("ok" in answer) this.#settle(entry, answer.ok);
    // Asleep when it came: the tab that sends now has asked again, and it alone judges.
    else if (!this.tabs.leads) return true;
    // After one that must be tried again, a refusal may only say that the order was broken: it is judged again too.
    else if (answer.error.retry || this.#followsRetried(entry)) this.#retry(entry);
    else this.#refuse(entry, answer.error);
    this.ways.changed();
    this.flush();
    return true;
  }

  /** The log has come to `seq`. */
  reach(seq: number): void {
    this.#reached = seq;
    if (this.settling.length === 0) return;
    this.#entries = this.#entries.filter((entry) => !entry.done || entry.done.seq > seq);
  }

  #make<Name extends VerbName>(name: Name, content: Verbs[Name]): OutboxEntry {
    const now = this.ways.now();
    // The device's own clock is the same in every tab; the server's, as each has learned it, is not.
    const place = this.store.count("place", Date.now());
    return {
      key: makeKey(),
      do: name,
      with: content,
      at: now,
      place,
      person: this.person,
      error: null,
      done: null,
    } as unknown as OutboxEntry;
  }

  /** Of taps on one item, one after the other and not on their way, only the newest needs to go. Not across a tap
   *  on another item: taken out of turn, a dot could be put before the one that makes room for it is taken back. */
  #collapse(entry: OutboxEntry): void {
    const waiting = this.waiting;
    const last = waiting[waiting.length - 1];
    if (entry.do !== "vote.cast" || last?.do !== "vote.cast" || !this.tabs.leads) return;
    if (last.with.round !== entry.with.round || last.with.item !== entry.with.item) return;
    if ([...this.#flight.values()].includes(last.key)) return;
    this.#drop(last.key, { by: entry.key });
  }

  #settle(entry: OutboxEntry, done: Done): void {
    if (entry.do === "card.write" && done.id) {
      const { id } = done;
      for (const later of this.#of(entry.key)) {
        this.#save({ ...later, with: { ...later.with, card: id } } as OutboxEntry);
      }
    }
    this.#drop(entry.key, { done });
    if (this.#retried.size === 0) this.#retryIn = RETRY_FIRST;
  }

  #refuse(entry: OutboxEntry, error: WireError): void {
    // A dot that came too late is not on the screen any more: somebody has to say so.
    const isTold = textOf(entry) !== null || (entry.do === "vote.cast" && error.code === "round.closed");
    let kept: OutboxEntry | null = isTold ? { ...entry, error } : null;
    for (const later of this.#of(entry.key)) {
      // The newest words of a card that never came to be, or nothing when it was withdrawn.
      if (later.do === "card.withdraw") kept = null;
      else if (kept) kept = { ...kept, with: { ...kept.with, ...changes(later) } } as OutboxEntry;
      this.#drop(later.key, { error });
    }
    if (kept) {
      this.#save(kept);
      this.#forgetMarks(entry.key);
      this.#keepPromise(entry.key, (promised) => promised.reject(error));
    } else this.#drop(entry.key, { error });
  }

  /** What certainly cannot be stored is refused here; then what waits goes out. */
  #judge(): void {
    if (this.#open && this.tabs.leads) {
      const keys = new Set(this.#entries.map((entry) => entry.key));
      for (const entry of this.waiting) {
        const card = targetOf(entry);
        if (entry.person !== null && this.person !== null && entry.person !== this.person) {
          this.#refuse(entry, this.ways.refusal("auth.not_joined"));
        } else if (isPending(card) && !keys.has(card.slice(1))) {
          this.#refuse(entry, this.ways.refusal("card.unknown"));
        } else if (FLEETING.test(entry.do) && this.ways.now() - entry.at > FLEETING_FOR) {
          this.#refuse(entry, this.ways.refusal("server.unavailable"));
        }
      }
      this.#release();
      this.flush();
    }
    this.ways.changed();
  }

  #retry(entry: OutboxEntry): void {
    this.#retried.add(entry.key);
    if (this.#held !== undefined) return;
    this.#held = setTimeout(() => {
      this.#release();
      this.flush();
    }, this.#retryIn);
    this.#retryIn = Math.min(RETRY_MOST, this.#retryIn * 2);
  }

  #release(): void {
    clearTimeout(this.#held);
    this.#held = undefined;
  }

  #followsRetried(entry: OutboxEntry): boolean {
    return this.#entries.some((other) => other.place < entry.place && this.#retried.has(other.key));
  }

  /** What was given after a card and waits for its id. */
  #of(key: string): OutboxEntry[] {
    const card = cardOf(key);
    return this.#entries.filter((entry) => targetOf(entry) === card);
  }

  /** A card that was named before it had an id, and has one now. */
  #withId(entry: OutboxEntry): OutboxEntry {
    const id = this.#ids.get(targetOf(entry));
    return id ? ({ ...entry, with: { ...entry.with, card: id } } as OutboxEntry) : entry;
  }

  /** Not made here: it may have been sent, so it is not changed under its key. */
  #insert(entry: OutboxEntry): void {
    this.#sent.add(entry.key);
    this.store.counted("place", entry.place);
    if (entry.do === "vote.cast") this.store.counted("tap", entry.with.tap);
    const others = this.#entries.filter((known) => known.key !== entry.key);
    this.#entries = [...others, entry].sort((one, two) => one.place - two.place);
  }

  #keep(entry: OutboxEntry): void {
    this.store.put(entry);
    this.tabs.tell({ put: entry });
  }

  #save(entry: OutboxEntry): void {
    this.#entries = this.#entries.map((known) => (known.key === entry.key ? entry : known));
    this.#keep(entry);
  }

  #drop(key: string, end: End): void {
    this.store.drop(key);
    this.tabs.tell({ drop: key, end });
    this.#end(key, end);
  }

  /** It leaves the outbox, here as in every tab. */
  #end(key: string, end: End): void {
    this.#past.add(key);
    this.#forgetMarks(key);
    const entry = this.#entries.find((known) => known.key === key);
    if (!end || !("done" in end)) this.#entries = this.#entries.filter((known) => known.key !== key);
    if (!end) return;
    if ("by" in end) {
      const promised = this.#promised.get(key);
      this.#promised.delete(key);
      if (promised) void this.#promise(end.by).then(promised.resolve, promised.reject);
    } else if ("error" in end) {
      this.#keepPromise(key, (promised) => promised.reject(end.error));
    } else {
      const { done } = end;
      if (done.id) this.#ids.set(cardOf(key), done.id);
      if (entry) {
        this.#entries = this.#entries.map((known) => (known.key === key ? { ...entry, error: null, done } : known));
        this.reach(this.#reached);
        this.ways.settled(entry, done);
      }
      this.#keepPromise(key, (promised) => promised.resolve(done));
    }
  }

  #promise(key: string): Promise<Done> {
    const before = this.#promised.get(key);
    const promise = new Promise<Done>((resolve, reject) => {
      this.#promised.set(key, {
        resolve: (done) => (before?.resolve(done), resolve(done)),
        reject: (error) => (before?.reject(error), reject(error)),
      });
    });
    // A screen that does not wait for the answer sees a refusal in the outbox.
    promise.catch(() => undefined);
    return promise;
  }

  #keepPromise(key: string, keep: (promised: Promised) => void): void {
    const promised = this.#promised.get(key);
    this.#promised.delete(key);
    if (promised) keep(promised);
  }

  #forgetMarks(key: string): void {
    this.#retried.delete(key);
    this.#sent.delete(key);
  }
}

/** The fields of an edit that say something. */
function changes(entry: OutboxEntry): object {
  const said = Object.entries(entry.with).filter(([name, value]) => name !== "card" && value != null);
  return Object.fromEntries(said);
}
