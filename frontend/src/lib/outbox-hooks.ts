import type { OutboxEntry, WireError } from "./entry";
import type { Done } from "./wire.gen";

/** What an outbox needs of the screen that it belongs to. */
export interface OutboxHooks {
  /** Put an answer on the wire; its number there, or null when there is no wire. */
  send(entry: OutboxEntry): number | null;
  changed(): void;
  /** It is stored. */
  acknowledged(entry: OutboxEntry, done: Done): void;
  now(): number;
  /** Ask the server anew who this is: another person may have taken this browser's place. */
  again(): void;
  /** An error that this device gives itself. */
  refusal(code: "server.unavailable" | "auth.not_joined" | "card.unknown"): WireError;
}
