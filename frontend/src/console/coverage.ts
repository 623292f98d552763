import type { CardDoc, PillarDoc, RoomDoc, SectorDoc } from "../lib/wire.gen";

export type Layer = "hardware" | "software";
export const LAYERS: readonly Layer[] = ["hardware", "software"];

export interface Cell {
  readonly pillar: PillarDoc;
  readonly layer: Layer;
  readonly sector: SectorDoc;
  readonly n: number;
  /** The O may have written here without its mark being shown. */
  readonly unsure: boolean;
}

export interface Line {
  readonly pillar: PillarDoc;
  readonly layer: Layer;
  readonly cells: readonly Cell[];
  readonly unmarked: number;
  /** Nothing was said about this pillar yet: that is no gap, its turn has not come. */
  readonly untouched: boolean;
}

const touches = (card: CardDoc, layer: Layer): boolean => card.aspect === layer || card.aspect === "both";

/** Cards per pillar, layer and O. A card on both layers counts on each; hidden ones count nowhere. */
export function coverageOf(
  cards: readonly CardDoc[],
  pillars: readonly PillarDoc[],
  sectors: readonly SectorDoc[],
  room: RoomDoc | null,
  threshold: number,
): Line[] {
  const counts = new Map<string, number>();
  for (const card of cards) {
    if (card.hidden) continue;
    for (const layer of LAYERS) {
      if (!touches(card, layer)) continue;
      const key = `${card.pillar} ${layer} ${card.sector ?? ""}`;
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
  }
  return pillars.flatMap((pillar) => {
    const untouched = !cards.some((card) => card.pillar === pillar.id && !card.hidden);
    return LAYERS.map((layer) => {
      const unmarked = counts.get(`${pillar.id} ${layer} `) ?? 0;
      const cells = sectors.map((sector) => {
        const n = counts.get(`${pillar.id} ${layer} ${sector.id}`) ?? 0;
        const few = (room?.people[sector.id]?.[0] ?? 0) < threshold;
        return { pillar, layer, sector, n, unsure: n === 0 && unmarked > 0 && few };
      });
      return { pillar, layer, cells, unmarked, untouched };
    });
  });
}

export const gapsOf = (lines: readonly Line[]): Cell[] =>
  lines.filter((line) => !line.untouched).flatMap((line) => line.cells.filter((cell) => cell.n === 0 && !cell.unsure));
