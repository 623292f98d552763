import { isPlain } from "../kinds/facts";
import type { Aspect, CardDoc, PillarDoc, RoomDoc, SectorDoc, SnapshotDoc } from "../lib/wire.gen";

export type Layer = "hardware" | "software";
export const LAYERS: readonly Layer[] = ["hardware", "software"];

/** One O; or those together that have no mark on cards, so that no cell says whose a card is. */
export interface Group {
  readonly key: string;
  readonly sectors: readonly SectorDoc[];
}

/** The server's name for the cells of a pool. */
export const POOL = "pool";

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

type Source = CardDoc["source"];
/** Cards: pillar → aspect → O, or the pool → source → how many. */
export type Counted = RoomDoc["coverage"];

/** In the order of the O's; the pool last. */
export function groupsOf(sectors: readonly SectorDoc[], pooled: readonly string[]): Group[] {
  const alone = sectors
    .filter(({ id }) => !pooled.includes(id))
    .map((sector) => ({ key: sector.id, sectors: [sector] }));
  const together = sectors.filter(({ id }) => pooled.includes(id));
  return together.length > 0 ? [...alone, { key: POOL, sectors: together }] : alone;
}

/** Cards per pillar, layer and group; of one source, where it is given. A card on both layers counts on each. */
export function coverageOf(
  counted: Counted,
  pillars: readonly PillarDoc[],
  groups: readonly Group[],
  source: Source | null = null,
): CoverageRow[] {
  return pillars.flatMap((pillar) => {
    const aspects = counted[pillar.id] ?? {};
    const count = (aspect: Aspect, group: Group): number =>
      sum(aspects[aspect]?.[group.key] ?? {}, (of) => source === null || of === source);
    return LAYERS.map((layer) => ({
      pillar,
      layer,
      cells: groups.map((group) => ({ pillar, layer, group, n: count(layer, group) + count("both", group) })),
      untouched: Object.keys(aspects).length === 0,
    }));
  });
}

const sum = (cell: Readonly<Record<string, number>>, counts: (source: string) => boolean): number =>
  Object.entries(cell).reduce((all, [source, n]) => (counts(source) ? all + n : all), 0);

export const gapsOf = (lines: readonly CoverageRow[]): Cell[] =>
  lines.filter((line) => !line.untouched).flatMap((line) => line.cells.filter((cell) => cell.n === 0));

/** From where the counted cards came, those from phones first. */
export function sourcesIn(counted: Counted): Source[] {
  const found = new Set(
    Object.values(counted).flatMap((aspects) =>
      Object.values(aspects).flatMap((groups) => Object.values(groups).flatMap((cell) => Object.keys(cell))),
    ),
  );
  return SOURCES.filter((source) => found.has(source));
}
const SOURCES: readonly Source[] = ["own", "scribed", "imported", "interview"];

/** The cards that hang on all walls, with the marks that they bear there: the projectors' coverage says nothing else. */
export function countShown({ cards, steps }: Pick<SnapshotDoc, "cards" | "steps">): Counted {
  const walls = new Set(
    steps
      .filter((step) => step.revealed || !step.settings.silent)
      .filter((step) => !isPlain(step) && !step.settings.practice)
      .map(({ id }) => id),
  );
  const counted: Record<string, Record<string, Record<string, Record<string, number>>>> = {};
  for (const { step, hidden, pillar, aspect, sector, source } of cards) {
    if (hidden || !walls.has(step)) continue;
    const cell = (((counted[pillar] ??= {})[aspect] ??= {})[sector ?? POOL] ??= {});
    cell[source] = (cell[source] ?? 0) + 1;
  }
  return counted;
}

/** How many pillars stand on one page of the projectors. */
const PILLARS = 4;

/** The pillars that something was said about, page by page. */
export function coveragePages({ pillars }: Pick<SnapshotDoc, "pillars">, counted: Counted): PillarDoc[][] {
  const touched = pillars.filter(({ id }) => counted[id]);
  const pages = Math.ceil(touched.length / PILLARS);
  return Array.from({ length: pages }, (_, page) => touched.slice(page * PILLARS, (page + 1) * PILLARS));
}

/** O's whose cards bear no mark. */
export const pooledIn = ({ sectors, session }: Pick<SnapshotDoc, "sectors" | "session">): string[] =>
  sectors.map(({ id }) => id).filter((id) => !(session.marked ?? []).includes(id));
