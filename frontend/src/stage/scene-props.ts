import type { SnapshotDoc, StepDoc } from "../lib/wire.gen";
import type { Leaf } from "../projection/leaves.svelte";
import type { Scene } from "../projection/scene";
import type { Start } from "./start";

/** A scene that comes from a step's kind; the others are the session's own. */
export type KindScene = Exclude<Scene, { readonly kind: "lobby" | "between" | "over" }>;

/** What every scene is drawn from. */
export interface SceneProps<S extends KindScene = KindScene> {
  readonly scene: S;
  readonly step: StepDoc;
  readonly snapshot: SnapshotDoc;
  readonly start: Start;
  readonly now: () => number;
  readonly leaf: Leaf | null;
  readonly held: boolean;
  /** Everything that can be turned to. */
  readonly all: readonly Leaf[];
}
