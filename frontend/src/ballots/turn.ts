/** Which thing stands on the screen: pure, so that it can be tried without one. */
export interface Named {
  readonly id: string;
}

/** The first from `after` on that is open, around the end; null when everything was answered. */
export function nextOpen<T extends Named>(
  things: readonly T[],
  isAnswered: (id: string) => boolean,
  after: string | null,
): T | null {
  const start = things.findIndex(({ id }) => id === after) + 1;
  const turned = [...things.slice(start), ...things.slice(0, start)];
  return turned.find(({ id }) => !isAnswered(id)) ?? null;
}

/** The one before it in this person's order; null at the first. */
export const oneBefore = <T extends Named>(things: readonly T[], of: string | null): T | null =>
  things[things.findIndex(({ id }) => id === of) - 1] ?? null;
