import { isPending, targetOf, type OutboxEntry, type CommandName, type Commands, type WireError } from "./entry";
import { InFlight } from "./in-flight";
import { makeKey } from "./key";
import { PendingQueue } from "./pending-queue";
import { isExpired, isReplaced, whatStays } from "./outbox-rules";
import type { OutboxHooks } from "./outbox-hooks";
import { Promises } from "./promises";
import type { OutboxStore } from "./store";
import { ALONE, type End, type TabMessage, type Tabs } from "./tabs";
import type { Done } from "./wire.gen";

/** Answers that are not acknowledged yet, in the order they were given. Only the server's reply takes one out.
 *  Every tab of a person has all of them in sight; the one that leads sends and judges, and tells the others. */
export class Outbox {
  readonly #queue = new PendingQueue();
  readonly #inFlight = new InFlight(() => this.flush());
  readonly #promises = new Promises();
  /** Whose answers these are, as far as it is known. */
  person: number | null = null;
  #open = false;
  #reached = 0;
  #isDeferred = false;

  constructor(
    readonly store: OutboxStore,
    readonly hooks: OutboxHooks,
    readonly tabs: Tabs = ALONE,
  ) {}

  get waiting(): OutboxEntry[] {
    return this.#queue.waiting;
  }

  get settling(): OutboxEntry[] {
    return this.#queue.settling;
  }

  get refused(): OutboxEntry[] {
    return this.#queue.refused;
  }

  /** The server hears this device and can store nothing: what waits is sent again until it can. */
  get isDeferred(): boolean {
    return this.#isDeferred;
  }

  start(): void {
    this.tabs.start({
      hear: (message) => this.hear(message),
      prepare: () => this.adopt(),
      lead: () => this.#look(),
      isOpen: () => this.#open,
      isWaiting: () => this.waiting.length > 0,
    });
    void this.adopt();
  }

  /** Adopt stored answers of the last visit, and of tabs that are gone. */
  async adopt(): Promise<void> {
    const left = await this.store.load();
    const fresh = left.filter((entry) => !this.#queue.isKnown(entry.key));
    for (const entry of fresh) this.#insert(entry);
    if (fresh.length > 0) this.#look();
  }

  add<Name extends CommandName>(name: Name, content: Commands[Name]): Promise<Done> {
    const entry = this.#queue.withId(this.#make(name, content));
    this.#collapse(entry);
    this.#queue.add(entry);
    // Another tab sends it; it may have been sent already when this tab takes over.
    if (!this.tabs.leads) this.#inFlight.see(entry.key);
    this.#keep(entry);
    const promise = this.#promises.make(entry.key);
    this.hooks.changed();
    this.flush();
    return promise;
  }

  /** Handle a message of another tab. */
  hear(message: TabMessage): void {
    if ("put" in message) {
      const { put } = message;
      // Race: another tab already reported this entry as acknowledged.
      if (this.#queue.isPast(put.key)) return this.store.drop(put.key);
      const entry = this.#queue.withId(put);
      this.#insert(entry);
      if (!entry.error && this.#isForeign(entry.person)) this.#doubt();
      if (entry !== put && this.tabs.leads) this.store.put(entry);
      if (entry.error) this.#promises.reject(entry.key, entry.error);
    } else if ("drop" in message) this.#end(message.drop, message.end);
    else if ("person" in message) {
      if (this.#isForeign(message.person)) this.#doubt();
    } else this.#isDeferred = message.deferred;
    this.hooks.changed();
    this.flush();
  }

  /** Amend an answer that certainly was not sent; false when it may have been. */
  amend(key: string, change: (entry: OutboxEntry) => OutboxEntry | null): boolean {
    const entry = this.#queue.find(key);
    if (!entry || entry.error || entry.done || this.#inFlight.mayBeSeen(key) || !this.tabs.leads) return false;
    const changed = change(entry);
    if (changed) this.#save(changed);
    else this.#drop(key, null);
    this.hooks.changed();
    return true;
  }

  /** Forget a refused answer: its person has read it. */
  forget(key: string): void {
    this.#drop(key, null);
    this.hooks.changed();
  }

  /** Called after a welcome: the connection is open and the person is known. */
  open(person: number | null): void {
    this.#open = true;
    this.person = person;
    if (person !== null) this.tabs.tell({ person });
    this.#inFlight.clear();
    this.#judge();
  }

  close(): void {
    this.#open = false;
    this.#inFlight.clear();
    this.#inFlight.goOn();
  }

  flush(): void {
    if (!this.#open || this.#inFlight.isPausing || !this.tabs.leads) return;
    for (const entry of this.waiting) {
      if (this.#inFlight.isUnderWay(entry.key)) continue;
      if (this.#inFlight.isFull) return;
      // What changes a card waits until the card has its id; what comes after waits with it.
      if (isPending(targetOf(entry))) return;
      const number = this.hooks.send(entry);
      if (number === null) return;
      this.#inFlight.leave(number, entry.key);
    }
  }

  /** Handle the server's reply to number `re`; false when it was for none of these. */
  takeReply(re: number, reply: { ok: Done } | { error: WireError }): boolean {
    const key = this.#inFlight.land(re);
    if (key === undefined) return false;
    const entry = this.#queue.find(key);
    if (!entry) return true;
    if ("ok" in reply) this.#acknowledge(entry, reply.ok);
    // Asleep when it came: the tab that sends now has asked again, and it alone judges.
    else if (!this.tabs.leads) return true;
    // After a retry, a refusal may be due to the changed order alone: that answer is judged again.
    else if (reply.error.retry || this.#queue.follows(entry, (other) => this.#inFlight.wasRetried(other))) {
      if (reply.error.retry && reply.error.code !== "rate.slow_down") this.#defer(true);
      this.#inFlight.retry(key);
    } else this.#refuse(entry, reply.error);
    this.hooks.changed();
    this.flush();
    return true;
  }

  /** The log has come to `seq`. */
  reach(seq: number): void {
    this.#reached = seq;
    this.#queue.reach(seq);
  }

  #make<Name extends CommandName>(name: Name, content: Commands[Name]): OutboxEntry {
    const now = this.hooks.now();
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

  /** Coalesce: of consecutive unsent taps on one item only the newest is sent. Not across a tap on another item: a dot could
   *  be put before the tap that frees it. */
  #collapse(entry: OutboxEntry): void {
    const last = this.waiting[this.waiting.length - 1];
    if (!last || !this.tabs.leads || !isReplaced(last, entry)) return;
    if (!this.#inFlight.isUnderWay(last.key)) this.#drop(last.key, { by: entry.key });
  }

  #acknowledge(entry: OutboxEntry, done: Done): void {
    this.#defer(false);
    if (entry.do === "card.write" && done.id) {
      const { id } = done;
      for (const later of this.#queue.after(entry.key)) {
        this.#save({ ...later, with: { ...later.with, card: id } } as OutboxEntry);
      }
    }
    this.#drop(entry.key, { done });
    this.#inFlight.ease();
  }

  #refuse(entry: OutboxEntry, error: WireError): void {
    const later = this.#queue.after(entry.key);
    const kept = whatStays(entry, error, later);
    for (const { key } of later) this.#drop(key, { error });
    if (kept) {
      this.#save(kept);
      this.#inFlight.forget(entry.key);
      this.#promises.reject(entry.key, error);
    } else this.#drop(entry.key, { error });
  }

  /** Entries from other tabs arrived in the queue. */
  #look(): void {
    if (this.tabs.leads && this.waiting.some(({ person }) => this.#isForeign(person))) this.#doubt();
    this.#judge();
  }

  /** Whether it is another person's: each has an outbox of their own. */
  #isForeign(person: number | null): boolean {
    return person !== null && this.person !== null && person !== this.person;
  }

  /** Who joined, or went on, in another tab is who this browser is now: nothing is sent before the server has said so. */
  #doubt(): void {
    if (!this.#open) return;
    this.close();
    this.hooks.again();
  }

  /** What certainly cannot be stored is refused here; then what waits goes out. */
  #judge(): void {
    if (this.#open && this.tabs.leads) {
      for (const entry of this.waiting) {
        // It was dropped with the card that it belongs to.
        if (!this.#queue.find(entry.key)) continue;
        const card = targetOf(entry);
        if (this.#isForeign(entry.person)) {
          this.#refuse(entry, this.hooks.refusal("auth.not_joined"));
        } else if (isPending(card) && !this.#queue.find(card.slice(1))) {
          this.#refuse(entry, this.hooks.refusal("card.unknown"));
        } else if (isExpired(entry, this.hooks.now())) {
          this.#refuse(entry, this.hooks.refusal("server.unavailable"));
        }
      }
      this.#inFlight.goOn();
      this.flush();
    }
    this.hooks.changed();
  }

  #defer(isDeferred: boolean): void {
    if (isDeferred === this.#isDeferred) return;
    this.#isDeferred = isDeferred;
    this.tabs.tell({ deferred: isDeferred });
  }

  /** Not made here: it may have been sent, so it is not changed under its key. */
  #insert(entry: OutboxEntry): void {
    this.#inFlight.see(entry.key);
    this.store.counted("place", entry.place);
    if ("tap" in entry.with) this.store.counted("tap", entry.with.tap);
    this.#queue.insert(entry);
  }

  #keep(entry: OutboxEntry): void {
    this.store.put(entry);
    this.tabs.tell({ put: entry });
  }

  #save(entry: OutboxEntry): void {
    this.#queue.replace(entry);
    this.#keep(entry);
  }

  #drop(key: string, end: End): void {
    this.store.drop(key);
    this.tabs.tell({ drop: key, end });
    this.#end(key, end);
  }

  /** Remove it from the outbox, in this and all other tabs. */
  #end(key: string, end: End): void {
    this.#inFlight.forget(key);
    if (end && "done" in end) {
      const { done } = end;
      const entry = this.#queue.acknowledge(key, done);
      this.#queue.reach(this.#reached);
      if (entry) this.hooks.acknowledged(entry, done);
      return this.#promises.resolve(key, done);
    }
    this.#queue.remove(key);
    if (this.waiting.length === 0) this.#isDeferred = false;
    if (!end) return;
    if ("by" in end) this.#promises.handOver(key, end.by);
    else this.#promises.reject(key, end.error);
  }
}
