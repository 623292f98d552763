/** Marks that would cover each other are put in lanes above and below the line. Given the middle of each and how wide
 *  it is, returns for each its lane counted from the middle: two lanes are -0.5 and 0.5, three -1, 0 and 1. */
export function stackMarks(at: readonly number[], widths: readonly number[]): number[] {
  const left = at.map((middle, index) => middle - (widths[index] as number) / 2);
  const order = at.map((_, index) => index).sort((a, b) => (left[a] as number) - (left[b] as number) || a - b);
  const lanes = new Array<number>(at.length).fill(0);
  let cluster: number[] = [];
  const settle = (): void => {
    const last = Math.max(0, ...cluster.map((index) => lanes[index] as number));
    for (const index of cluster) lanes[index] = (lanes[index] as number) - last / 2;
    cluster = [];
  };
  let ends: number[] = [];
  for (const index of order) {
    const from = left[index] as number;
    if (ends.every((end) => from >= end)) {
      settle();
      ends = [];
    }
    const free = ends.findIndex((end) => from >= end);
    const lane = free === -1 ? ends.length : free;
    ends[lane] = from + (widths[index] as number);
    lanes[index] = lane;
    cluster.push(index);
  }
  settle();
  return lanes;
}
