import type { ProjectorDoc, SnapshotDoc } from "../lib/wire.gen";
import { isAutomatic, Leaves, type Leaf } from "./leaves.svelte";
import type { Scene } from "./scene";
import { leafAt, nextTurn, whereIn } from "./turning";

/** The leaf that the projectors show now, followed by the server's clock. Made where effects may be. */
export class Turner {
  readonly leaves = new Leaves();
  readonly #doc: () => SnapshotDoc;
  readonly #scene: () => Scene;
  readonly all: readonly Leaf[] = $derived.by(() => this.leaves.of(this.#doc(), this.#scene()));
  readonly where: ProjectorDoc | null = $derived.by(() => whereIn(this.#doc(), this.#scene()));
  readonly automatic: boolean = $derived.by(() => isAutomatic(this.#scene()));
  #time = $state(0);
  readonly at: number = $derived.by(() => (this.where ? leafAt(this.all, this.where, this.#time, this.automatic) : 0));
  readonly leaf: Leaf | null = $derived(this.all[this.at] ?? null);

  constructor(doc: () => SnapshotDoc, scene: () => Scene, now: () => number) {
    this.#doc = doc;
    this.#scene = scene;
    this.#time = now();
    $effect.pre(() => {
      if (!this.where) return;
      void [this.#time, this.all.length];
      const time = now();
      if (leafAt(this.all, this.where, time, this.automatic) !== this.at) this.#time = time;
      const next = nextTurn(this.all, this.where, time, this.automatic);
      if (next === null) return;
      const timer = setTimeout(() => (this.#time = now()), Math.max(10, next - time));
      return () => clearTimeout(timer);
    });
  }
}
