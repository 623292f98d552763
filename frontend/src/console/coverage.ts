import type { Aspect, PillarDoc, RoomDoc, SectorDoc } from "../lib/wire.gen";

export type Layer = "hardware" | "software";
export const LAYERS: readonly Layer[] = ["hardware", "software"];

export interface Cell {
  readonly pillar: PillarDoc;
  readonly layer: Layer;
  readonly sector: SectorDoc;
  readonly n: number;
}

export interface Line {
  readonly pillar: PillarDoc;
  readonly layer: Layer;
  readonly cells: readonly Cell[];
  /** Nothing was said about this pillar yet: that is no gap, its turn has not come. */
  readonly untouched: boolean;
}

/** Cards per pillar, layer and O. A card on both layers counts on each. */
export function coverageOf(
  coverage: RoomDoc["coverage"],
  pillars: readonly PillarDoc[],
  sectors: readonly SectorDoc[],
): Line[] {
  return pillars.flatMap((pillar) => {
    const aspects = coverage[pillar.id] ?? {};
    const count = (aspect: Aspect, sector: SectorDoc): number => aspects[aspect]?.[sector.id] ?? 0;
    return LAYERS.map((layer) => ({
      pillar,
      layer,
      cells: sectors.map((sector) => ({ pillar, layer, sector, n: count(layer, sector) + count("both", sector) })),
      untouched: Object.keys(aspects).length === 0,
    }));
  });
}

export const gapsOf = (lines: readonly Line[]): Cell[] =>
  lines.filter((line) => !line.untouched).flatMap((line) => line.cells.filter((cell) => cell.n === 0));
