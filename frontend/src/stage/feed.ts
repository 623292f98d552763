import type { Error as WireError, ShowStage, SnapshotDoc } from "../lib/wire.gen";

/** What the stage needs of a connection; `Live` has it, and so has a picture made by hand. */
export interface View {
  readonly status: "connecting" | "connected" | "offline" | "refused";
  readonly refusal: WireError | null;
  readonly snapshot: SnapshotDoc | null;
  readonly lastContact: number | null;
  readonly behind: number | null;
  readonly isSlow: boolean;
}

export interface Feed {
  subscribe(run: (view: View) => void): () => void;
  now(): number;
  /** Asks for another page for all projectors; nothing turns before the server says so. */
  turn(to: ShowStage): void;
}
