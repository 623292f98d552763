/** Documents as they can be compared: what stands in no order, in one order; without latest values, which may be dropped. */
import type { NowDoc, PersonDoc, SnapshotDoc } from "./wire.gen";

const by =
  <T>(key: (thing: T) => string) =>
  (one: T, two: T): number =>
    key(one) < key(two) ? -1 : 1;

export function settle({ now: _, ...snapshot }: SnapshotDoc): unknown {
  return {
    ...snapshot,
    rounds: [...snapshot.rounds].sort(by(({ id }) => id)),
    results: [...snapshot.results].sort(by(({ round }) => round)),
    cards: [...snapshot.cards].sort(by(({ id }) => id)),
    participants: [...snapshot.participants].sort(by(({ id }) => id)),
  };
}

export function settleOwn(you: unknown): unknown {
  const { votes, ...rest } = you as PersonDoc;
  return { ...rest, votes: [...votes].sort(by(({ round, item }) => `${round} ${item}`)) };
}

/** Latest values: what is null or empty is not there. */
export function settleNow(now: NowDoc): unknown {
  return Object.fromEntries(
    Object.entries(now as Record<string, object | null>).filter(([, value]) => value && Object.keys(value).length > 0),
  );
}
