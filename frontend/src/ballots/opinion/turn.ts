/** Which item stands on the screen: pure, so that it can be tried without one. */
import type { ItemDoc } from "../../lib/wire.gen";

/** The first from `after` on that is open, around the end; null when everything was answered. */
export function nextOpen(
  items: readonly ItemDoc[],
  isAnswered: (item: string) => boolean,
  after: string | null,
): ItemDoc | null {
  const start = items.findIndex(({ id }) => id === after) + 1;
  const turned = [...items.slice(start), ...items.slice(0, start)];
  return turned.find(({ id }) => !isAnswered(id)) ?? null;
}

/** The one before it in this person's order; null at the first. */
export const itemBefore = (items: readonly ItemDoc[], of: string | null): ItemDoc | null =>
  items[items.findIndex(({ id }) => id === of) - 1] ?? null;
