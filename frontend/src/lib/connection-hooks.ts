/** What a connection needs of whoever uses it, and what it hands on. */
import type { WireError } from "./entry";
import type { Done, Hello, NowFrame, OwnFrame, Ping, SharedFrame, Welcome } from "./wire.gen";

export type Status = "connecting" | "connected" | "offline" | "refused";
export type Frame = SharedFrame | OwnFrame | NowFrame;
export type ReplyOf = { ok: Done } | { error: WireError };

export interface ConnectionHooks {
  url: string;
  hello(): Omit<Hello, "protocol">;
  /** The load that a ping reports: unsent answers. */
  load(): Ping;
  welcome(welcome: Welcome, sent: number): void;
  frame(frame: Frame): void;
  reply(re: number, reply: ReplyOf): void;
  lost(): void;
  pong(time: number, sent: number): void;
  status(status: Status, refusal: WireError | null): void;
  /** A screen that shows what others do: it asks more often, and says within seconds that it hears nothing. */
  watches: boolean;
  /** Called when an open connection falls silent, and when it recovers. */
  late(late: boolean): void;
}
