/** The order in which one person sees the items of a round. The same as sessions/domain/order.py, so that it can be
 *  found again afterwards from the seed alone. */

/** A 32-bit hash of `<seed>:<item>`: FNV-1a, mixed at the end as MurmurHash3 does. Both are ASCII, so a character is a
 *  byte. */
export function hashPlace(seed: number, item: string): number {
  const place = `${seed}:${item}`;
  let value = 0x811c9dc5;
  for (let index = 0; index < place.length; index += 1) {
    value = Math.imul(value ^ place.charCodeAt(index), 0x01000193);
  }
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35);
  return (value ^ (value >>> 16)) >>> 0;
}

export function orderItems<Item extends { readonly id: string }>(seed: number, items: readonly Item[]): Item[] {
  const placed = items.map((item) => ({ item, hash: hashPlace(seed, item.id) }));
  placed.sort((one, two) => one.hash - two.hash || (one.item.id < two.item.id ? -1 : 1));
  return placed.map(({ item }) => item);
}
