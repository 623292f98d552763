import type { ItemDoc, RoundDoc, SnapshotDoc } from "../../lib/wire.gen";

export interface Asked {
  readonly item: ItemDoc;
  /** People who support it. */
  readonly n: number;
}

/** The questions that stand, the most supported first; equals in the order of their random number. */
export function askedIn(round: RoundDoc, snapshot: SnapshotDoc): Asked[] {
  const tally = snapshot.now.tally?.[round.id];
  return round.items
    .filter(({ hidden }) => !hidden)
    .map((item) => ({ item, n: tally?.[item.id]?.[0] ?? 0 }))
    .sort((one, other) => other.n - one.n || one.item.rank - other.item.rank || (one.item.id < other.item.id ? -1 : 1));
}
