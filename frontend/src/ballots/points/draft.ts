/** Points that are being divided and are sent together: they survive a reload. */
import { attempt } from "../../lib/indexed-db";

export type Division = ReadonlyMap<string, number>;

const nameOf = (code: string, round: string): string => `cocreation:${code}:points:${round}`;

export function readDivision(code: string, round: string): Division | null {
  const found = attempt(() => localStorage.getItem(nameOf(code, round)));
  const pairs = attempt(() => JSON.parse(found ?? "null") as unknown);
  if (!Array.isArray(pairs)) return null;
  const isPair = (pair: unknown): pair is [string, number] =>
    Array.isArray(pair) && typeof pair[0] === "string" && Number.isInteger(pair[1]) && pair[1] >= 0;
  return new Map(pairs.filter(isPair));
}

/** Null: nothing is being divided any more. A browser that stores nothing keeps it as long as the page. */
export function keepDivision(code: string, round: string, division: Division | null): void {
  const name = nameOf(code, round);
  attempt(() => (division ? localStorage.setItem(name, JSON.stringify([...division])) : localStorage.removeItem(name)));
}
