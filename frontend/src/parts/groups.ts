import { number, t, text, tn } from "../messages";
import type { SectorLike } from "./types";

/** One O, or several small ones that count and show as one: a pool. */
export interface Group<Sector extends SectorLike = SectorLike> {
  readonly n: number;
  readonly sectors: readonly Sector[];
  readonly name: string;
  /** Null for a pool. */
  readonly alone: Sector | null;
}

interface ShownGroup {
  readonly sectors: readonly string[];
  readonly n: number;
}

const nameAll = (sectors: readonly SectorLike[], between: string): string =>
  sectors.map((sector) => text(sector.name)).join(between);

/** `name`: what a result calls an O. */
export function readGroups<Sector extends SectorLike>(
  groups: readonly ShownGroup[],
  sectors: readonly Sector[],
  name: (sector: Sector) => string,
): Group<Sector>[] {
  return groups.map((group) => {
    const known = group.sectors.flatMap((wanted) => sectors.find((sector) => name(sector) === wanted) ?? []);
    const alone = group.sectors.length === 1 ? (known[0] ?? null) : null;
    return { n: group.n, sectors: known, name: nameAll(known, " + "), alone };
  });
}

/** The name where it is narrow: a pool breaks before each of its names, so that a line is no wider than a name. */
export const linedName = ({ name }: Pick<Group, "name">): string => name.split(" + ").join(" +\u00a0");

/** Whether two results show the same O's apart and the same ones together. */
export const sameGroups = (one: readonly ShownGroup[], other: readonly ShownGroup[]): boolean =>
  one.length === other.length &&
  one.every((group, place) => group.sectors.join() === (other[place] as ShownGroup).sectors.join());

/** The four O's took part, alone or in a pool. */
export const areFour = (groups: readonly Group[]): boolean =>
  groups.reduce((sum, group) => sum + group.sectors.length, 0) === 4;

/** Which O's are not in the figures because nobody of them voted; "" when all are. */
export function absentWords<Sector extends SectorLike>(
  absent: readonly string[],
  sectors: readonly Sector[],
  name: (sector: Sector) => string,
): string {
  const known = sectors.filter((sector) => absent.includes(name(sector)));
  return known.length > 0 ? t("{groups}: nobody voted.", { groups: nameAll(known, ", ") }) : "";
}

/** Said beside every figure per O: nobody checks which O a person chose. */
export const selfChosen = (): string => t("O self-chosen");

/** Said where the differences were compared with chance and none is larger. */
export const withinChance = (): string =>
  t("Within chance: shuffling the O’s among the people gives differences like these too.");

/** Ballots that came after what is shown; "" when there are none. */
export const lateWords = (late: number): string =>
  late > 0
    ? tn(
        "{n} ballot came after the result and does not count here.",
        "{n} ballots came after the result and do not count here.",
        late,
      )
    : "";

/** How many of a number of voters have a phone and how many voted on paper; "" where nobody did, or too few to name. */
export const sourceWords = (n: number, scribed: number | null | undefined): string =>
  scribed ? t("{n} by phone, {paper} on paper", { n: number(n - scribed), paper: number(scribed) }) : "";

/** Items of which nothing is told, because too few answered them; "" when there are none. */
export const fewWords = ({ few }: { readonly few?: readonly string[] }): string =>
  few && few.length > 0
    ? tn("{n} card is left out: too few answered it.", "{n} cards are left out: too few answered them.", few.length)
    : "";

/** Where everybody's figure may be shown and none per O. */
export const tooFewApart = (): string => t("too few of an O answered");

export const bothWords = (both: number | null): string =>
  both === null ? "" : tn("{n} person voted in both rounds.", "{n} people voted in both rounds.", both);

/** Member marks of a pool stand side by side on the grid of 24, a little smaller than a mark alone. */
export const MEMBER = 17;
export const MEMBER_GAP = 3;

/** How wide a group's mark is in a picture, on the grid of 24. */
export const groupSpan = (members: number): number =>
  members <= 1 ? 24 : members * MEMBER + (members - 1) * MEMBER_GAP;
