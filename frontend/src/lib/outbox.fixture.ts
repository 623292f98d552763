import type { OutboxEntry, WireError } from "./entry";
import type { SessionClient } from "./session-client";
import { Outbox } from "./outbox";
import { MemoryStore, type OutboxStore } from "./store";

export const error = (code: WireError["code"], retry = false): WireError => ({
  code,
  message: code,
  retry,
  fields: {},
});
export const vote = (
  item: string,
  value: number,
  tap: number,
): { round: string; item: string; value: number; tap: number } => ({
  round: "r",
  item,
  value,
  tap,
});
export const card = (text: string): { step: string; text: string; aspect: "both"; lang: "nl" } => ({
  step: "one",
  text,
  aspect: "both",
  lang: "nl",
});

/** An outbox and what it put on the wire. */
export class Desk {
  readonly sent: { number: number; entry: OutboxEntry }[] = [];
  wire = true;
  readonly outbox: Outbox;
  #number = 0;

  constructor(store: OutboxStore = new MemoryStore()) {
    this.outbox = new Outbox(store, {
      send: (entry) => {
        if (!this.wire) return null;
        this.#number += 1;
        this.sent.push({ number: this.#number, entry });
        return this.#number;
      },
      changed: () => undefined,
      acknowledged: () => undefined,
      now: () => Date.now(),
      again: () => undefined,
      refusal: (code) => error(code),
    });
  }

  texts(): unknown[] {
    return this.sent.map(({ entry }) =>
      "text" in entry.with ? entry.with.text : "value" in entry.with ? entry.with.value : entry.do,
    );
  }

  /** Answer the nth thing that was sent. */
  ok(index: number, seq = 1, id: string | null = null): void {
    this.outbox.takeReply(this.sent[index]?.number ?? -1, { ok: { seq, id } });
  }

  no(index: number, reason: WireError): void {
    this.outbox.takeReply(this.sent[index]?.number ?? -1, { error: reason });
  }

  get client(): SessionClient {
    return { outbox: this.outbox, ask: this.outbox.add.bind(this.outbox) } as unknown as SessionClient;
  }
}
