import type { Scene } from "../projection/scene";
import type { SnapshotDoc, StepDoc } from "../lib/wire.gen";

/** What projectors show of a kind; the console, which turns them, knows it too. */
export interface ProjectionKind {
  /** `asked`: the step that is on; another than `step` when that one shows it. */
  readonly sceneOf: (snapshot: SnapshotDoc, step: StepDoc, asked: StepDoc) => Scene;
  /** What a closed step was, so that the room knows nothing is asked of it. */
  readonly afterwards: () => string;
  /** How many of all who take part gave something; `of` is null where that may not be known. */
  readonly counted?: (n: number, of: number | null) => string;
}
