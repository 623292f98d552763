/** What is looked at, in the address: a link shows the same to whoever opens it. */
import { NOTHING_OFF, type Filter, type Sort, SORTS, type Weight } from "./choose";

export interface Look {
  readonly round: string;
  readonly off: Filter;
  readonly weight: Weight;
  readonly words: string;
  readonly sort: Sort;
}

const SETS = ["pillars", "aspects", "sectors", "sources", "steps"] as const;
/** Between the values of a set; no key holds one. Each is escaped, so a title with a comma in it is one value. */
const BETWEEN = ",";

const readSet = (value: string | null): ReadonlySet<string> =>
  new Set(value === null ? [] : value.split(BETWEEN).map(decodeURIComponent));

const writeSet = (values: ReadonlySet<unknown>): string =>
  [...values].map((value) => encodeURIComponent(String(value))).join(BETWEEN);

/** An address that somebody cut off shows what can be read of it. */
function readSafely(value: string | null): ReadonlySet<string> {
  try {
    return readSet(value);
  } catch {
    return new Set();
  }
}

/** `round`: the one that is shown where the address names none, or one that is not there. */
export function readLook(search: string, rounds: readonly string[]): Look {
  const asked = new URLSearchParams(search);
  const round = asked.get("round") ?? "";
  const sort = asked.get("sort") as Sort;
  const off = (name: (typeof SETS)[number]): ReadonlySet<string> => readSafely(asked.get(`no-${name}`));
  return {
    round: rounds.includes(round) ? round : (rounds.at(-1) ?? ""),
    off: {
      pillars: new Set([...off("pillars")].map(Number)),
      aspects: off("aspects"),
      sectors: off("sectors"),
      sources: off("sources"),
      steps: off("steps"),
    },
    weight: asked.get("weight") === "heads" ? "heads" : "groups",
    words: asked.get("words") ?? "",
    sort: SORTS.includes(sort) ? sort : "place",
  };
}

/** Return the address's part behind the path: what others wrote into it, as the language, stays. */
export function writeLook(look: Look, search: string, rounds: readonly string[]): string {
  const told = new URLSearchParams(search);
  const put = (name: string, value: string, usual: string): void => {
    if (value === usual) told.delete(name);
    else told.set(name, value);
  };
  put("round", look.round, rounds.at(-1) ?? "");
  put("weight", look.weight, "groups");
  put("words", look.words.trim(), "");
  put("sort", look.sort, "place");
  for (const name of SETS) {
    if (look.off[name].size === NOTHING_OFF[name].size) told.delete(`no-${name}`);
    else told.set(`no-${name}`, writeSet(look.off[name]));
  }
  const written = told.toString();
  return written === "" ? "" : `?${written}`;
}
