import type { ItemDoc, Picture, ResultDoc, ResultItemDoc, RoundDoc, SnapshotDoc } from "../lib/wire.gen";
import { ownPicture } from "../ballots/pictures";
import { sameGroups } from "../parts/groups";

export interface Row {
  readonly item: ItemDoc;
  readonly figures: ResultItemDoc;
  /** By the server: equal figures share a place. Null where rows stand in another order, and of one item alone. */
  readonly place: number | null;
  /** More than chance gives. */
  readonly differs: boolean;
}

/** A round and the one before it in the same step, as both were published. */
export interface Before {
  readonly round: RoundDoc;
  readonly result: ResultDoc;
}

/** Without groups that may be shown there is only the count of heads; without a round before, no before and after. */
export function picturesOf(round: RoundDoc, result: ResultDoc, before: Before | null): Picture[] {
  if (result.n === null) return ["heads"];
  const own = ownPicture(round);
  if (own?.isAlone) return ["heads", "own"];
  const pictures: Picture[] = result.groups.length > 1 ? ["heads", "equal", "apart"] : ["heads"];
  if (own && (own.isShown?.(result) ?? true)) pictures.push("own");
  if (before && result.items.some(({ item }) => before.result.items.some((was) => was.item === item))) {
    pictures.push("change");
  }
  return pictures;
}

/** The newest earlier round of the step that has figures. */
export function roundBefore(snapshot: Pick<SnapshotDoc, "rounds" | "results">, round: RoundDoc): Before | null {
  const earlier = snapshot.rounds
    .filter((other) => other.step === round.step && other.number < round.number)
    .sort((one, other) => other.number - one.number);
  for (const each of earlier) {
    const result = snapshot.results.find((known) => known.round === each.id);
    if (result && result.n !== null) return { round: each, result };
  }
  return null;
}

export function rowsFor(picture: Picture, round: RoundDoc, result: ResultDoc, before: Before | null = null): Row[] {
  const known = new Map(round.items.map((item) => [item.id, item]));
  const was = new Set(before?.result.items.map(({ item }) => item));
  const rows = result.items.flatMap((figures): Row[] => {
    const item = known.get(figures.item);
    if (!item || (picture === "change" && !was.has(item.id))) return [];
    const placed = round.items.length > 1;
    const place = !placed
      ? null
      : picture === "heads"
        ? figures.heads_place
        : picture === "equal"
          ? figures.place
          : null;
    return [{ item, figures, place, differs: figures.differs === true }];
  });
  const order = picture === "apart" ? byDistance(result) : byPlace(picture);
  rows.sort((one, other) => order(one, other) || one.item.rank - other.item.rank);
  return picture === "own" ? (ownPicture(round)?.order?.(rows) ?? rows) : rows;
}

type Order = (one: Row, other: Row) => number;

const byPlace = (picture: Picture): Order =>
  picture === "heads"
    ? (one, other) => one.figures.heads_place - other.figures.heads_place
    : (one, other) => one.figures.place - other.figures.place;

/** The widest first, as exact fractions: no rounding decides which of two comes first. */
function byDistance(result: ResultDoc): Order {
  const distance = new Map(result.items.map((figures) => [figures.item, widest(figures)]));
  return (one, other) => {
    const [over, under] = distance.get(one.item.id) as [number, number];
    const [otherOver, otherUnder] = distance.get(other.item.id) as [number, number];
    return otherOver * under - over * otherUnder;
  };
}

/** Nothing where too few of a group answered: it stands at the end. Means of numbers are told without what they are made of. */
function widest({ group_heads: heads, group_of: of, spread }: ResultItemDoc): [over: number, under: number] {
  if (heads.length === 0) return [spread ?? -1, 1];
  let most: [number, number] = [0, 1];
  heads.forEach((one, a) =>
    heads.forEach((other, b) => {
      const [n, m] = [of[a] ?? 1, of[b] ?? 1];
      const over = one * m - other * n;
      if (over * most[1] > most[0] * n * m) most = [over, n * m];
    }),
  );
  return most;
}

/** What a lane of before and after stands for: a group of both rounds, or everybody when their groups differ. */
export interface Moved {
  /** Place of the group in both results; null is everybody. */
  readonly group: number | null;
  readonly before: number;
  readonly after: number;
}

export const isComparable = (before: Before, result: ResultDoc): boolean =>
  result.groups.length > 1 && sameGroups(before.result.groups, result.groups);

export function lanesOf(figures: ResultItemDoc, before: Before, result: ResultDoc): Moved[] {
  const was = before.result.items.find(({ item }) => item === figures.item);
  if (!was) return [];
  if (!isComparable(before, result) || !isApart(was) || !isApart(figures))
    return [{ group: null, before: was.share, after: figures.share }];
  return figures.shares.map((after, group) => ({ group, before: was.shares[group] ?? 0, after }));
}

/** Whether its groups may be shown apart: not where too few of one answered it. */
export const isApart = ({ shares }: ResultItemDoc): boolean => shares.length > 0;

/** What stands behind the lanes: the distance between groups, or the share of everybody. */
export function figureOf(
  figures: ResultItemDoc,
  before: Before,
  result: ResultDoc,
): { readonly apart: boolean; readonly before: number; readonly after: number } {
  const was = before.result.items.find(({ item }) => item === figures.item);
  const apart = isComparable(before, result) && was !== undefined && isApart(was) && isApart(figures);
  const of = (one: ResultItemDoc | undefined): number => (apart ? one?.spread : one?.share) ?? 0;
  return { apart, before: of(was), after: of(figures) };
}
