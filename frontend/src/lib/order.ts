/** The order in which one person sees the items of a round. The same as sessions/domain/order.py, so that it can be
 *  found again afterwards from the seed alone. */

/** 32-bit FNV-1a of `<seed>:<item>`; both are ASCII, so a character is a byte. */
export function hashPlace(seed: number, item: string): number {
  const place = `${seed}:${item}`;
  let value = 0x811c9dc5;
  for (let index = 0; index < place.length; index += 1) {
    value = Math.imul(value ^ place.charCodeAt(index), 0x01000193) >>> 0;
  }
  return value;
}

export function orderItems<Item extends { readonly id: string }>(seed: number, items: readonly Item[]): Item[] {
  const placed = items.map((item) => ({ item, hash: hashPlace(seed, item.id) }));
  placed.sort((one, two) => one.hash - two.hash || (one.item.id < two.item.id ? -1 : 1));
  return placed.map(({ item }) => item);
}
