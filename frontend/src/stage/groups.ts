import type { GroupDoc, SectorDoc } from "../lib/wire.gen";
import { text } from "../messages";

/** One O, or several small ones that count and show as one: a pool never bears the mark of an O. */
export interface Group {
  readonly n: number;
  readonly sectors: readonly SectorDoc[];
  readonly name: string;
  readonly alone: SectorDoc | null;
}

export function readGroups(groups: readonly GroupDoc[], sectors: readonly SectorDoc[]): Group[] {
  return groups.map((group) => {
    const known = group.sectors.flatMap((id) => sectors.find((sector) => sector.id === id) ?? []);
    return {
      n: group.n,
      sectors: known,
      name: known.map((sector) => text(sector.name)).join(" + "),
      alone: group.sectors.length === 1 ? (known[0] ?? null) : null,
    };
  });
}
