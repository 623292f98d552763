import type { Aspect, PillarDoc, RoomDoc, SectorDoc } from "../lib/wire.gen";

export type Layer = "hardware" | "software";
export const LAYERS: readonly Layer[] = ["hardware", "software"];

/** One O; or those together that have no mark on cards, so that no cell says whose a card is. */
export interface Group {
  readonly key: string;
  readonly sectors: readonly SectorDoc[];
}

/** The server's name for the cells of a pool. */
const POOL = "pool";

export interface Cell {
  readonly pillar: PillarDoc;
  readonly layer: Layer;
  readonly group: Group;
  readonly n: number;
}

export interface CoverageRow {
  readonly pillar: PillarDoc;
  readonly layer: Layer;
  readonly cells: readonly Cell[];
  /** Nothing was said about this pillar yet: that is no gap, its turn has not come. */
  readonly untouched: boolean;
}

/** In the order of the O's; the pool last. */
export function groupsOf(sectors: readonly SectorDoc[], pooled: readonly string[]): Group[] {
  const alone = sectors
    .filter(({ id }) => !pooled.includes(id))
    .map((sector) => ({ key: sector.id, sectors: [sector] }));
  const together = sectors.filter(({ id }) => pooled.includes(id));
  return together.length > 0 ? [...alone, { key: POOL, sectors: together }] : alone;
}

/** Cards per pillar, layer and group. A card on both layers counts on each. */
export function coverageOf(
  coverage: RoomDoc["coverage"],
  pillars: readonly PillarDoc[],
  groups: readonly Group[],
): CoverageRow[] {
  return pillars.flatMap((pillar) => {
    const aspects = coverage[pillar.id] ?? {};
    const count = (aspect: Aspect, group: Group): number => aspects[aspect]?.[group.key] ?? 0;
    return LAYERS.map((layer) => ({
      pillar,
      layer,
      cells: groups.map((group) => ({ pillar, layer, group, n: count(layer, group) + count("both", group) })),
      untouched: Object.keys(aspects).length === 0,
    }));
  });
}

export const gapsOf = (lines: readonly CoverageRow[]): Cell[] =>
  lines.filter((line) => !line.untouched).flatMap((line) => line.cells.filter((cell) => cell.n === 0));
