/** Marks that would cover each other are put in lanes above and below the line. Given where they stand and how wide
 *  they are, returns for each its lane counted from the middle: two lanes are -0.5 and 0.5, three -1, 0 and 1. */
export function stackMarks(at: readonly number[], width: number): number[] {
  const order = at.map((_, index) => index).sort((a, b) => (at[a] as number) - (at[b] as number) || a - b);
  const lanes = new Array<number>(at.length).fill(0);
  let cluster: number[] = [];
  const settle = (): void => {
    const last = Math.max(0, ...cluster.map((index) => lanes[index] as number));
    for (const index of cluster) lanes[index] = (lanes[index] as number) - last / 2;
    cluster = [];
  };
  let ends: number[] = [];
  for (const index of order) {
    const left = at[index] as number;
    if (ends.every((end) => left >= end)) {
      settle();
      ends = [];
    }
    const free = ends.findIndex((end) => left >= end);
    const lane = free === -1 ? ends.length : free;
    ends[lane] = left + width;
    lanes[index] = lane;
    cluster.push(index);
  }
  settle();
  return lanes;
}
