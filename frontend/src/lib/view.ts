import type { Status } from "./connection-hooks";
import type { Earlier } from "./earlier";
import type { OutboxEntry, WireError } from "./entry";
import type { MemberDoc, PersonDoc, SnapshotDoc, StageDoc } from "./wire.gen";

/** What a screen has to show. */
export interface ClientView {
  readonly status: Status;
  /** Why the server does not want this screen (status "refused"). */
  readonly refusal: WireError | null;
  readonly snapshot: SnapshotDoc | null;
  /** On a phone: of steps that are not in the snapshot, what was known or asked for. It may be older than the snapshot. */
  readonly earlier: Earlier;
  readonly you: PersonDoc | MemberDoc | StageDoc | null;
  /** Not acknowledged yet, in the order they were given. */
  readonly waiting: readonly OutboxEntry[];
  /** Acknowledged, and not yet part of `you` or `snapshot`. */
  readonly settling: readonly OutboxEntry[];
  /** What cards that were written on this page were called before they had an id: id → name. */
  readonly names: ReadonlyMap<string, string>;
  /** Refused for good, kept until their person has read it. */
  readonly refused: readonly OutboxEntry[];
  /** The device keeps nothing more: new answers are in this page alone until they are stored. */
  readonly isFull: boolean;
  /** The server hears this screen and can store nothing: what waits is sent until it can. */
  readonly isDeferred: boolean;
  /** When the server was last heard, on the server's clock. */
  readonly lastContact: number | null;
  /** The connection is open and silent. */
  readonly isLate: boolean;
  /** This network lets no socket through, and all goes over HTTP, a little slower. */
  readonly isSlow: boolean;
  /** What is shown is as old as this, on the server's clock, although the connection stands; null when it is current. */
  readonly behind: number | null;
}
