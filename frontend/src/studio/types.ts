/** What the page carries for the screen to start with; see sessions/views/studio_data.py. */
import type { AnyRules, MeanDoc, Reason, Whose } from "../lib/wire.gen";
import type { Localised } from "../messages";
import type { AspectKey, PillarLike, SectorLike } from "../parts/types";

export interface Card {
  readonly id: string;
  readonly text: string;
  readonly language: string;
  readonly pillar: number;
  readonly aspect: AspectKey;
  /** Null while too few people of that O take part. */
  readonly sector: string | null;
  readonly source: "own" | "scribed" | "imported" | "interview";
  readonly hidden: boolean;
  readonly reason: Reason | null;
  readonly step: Localised;
}

/** A share of 1 with its 90 % interval, which the mean of other scores than 0 and 1 has not. */
export interface Share {
  readonly share: number;
  readonly low: number | null;
  readonly high: number | null;
}

export interface Point {
  readonly id: string;
  /** Null, as pillar and aspect are, where it has words of its own. */
  readonly card: string | null;
  readonly text: string;
  readonly language: string;
  readonly pillar: number | null;
  readonly aspect: AspectKey | null;
  readonly whose: Whose;
  readonly document: string;
  /** In whole euros; null: none. */
  readonly price: number | null;
  readonly hidden: boolean;
  /** By every O the same weight, or by heads without groups; equal points share a place. */
  readonly place: number;
  readonly heads_place: number;
  readonly heads: number;
  readonly of: number;
  readonly told: Readonly<Record<string, number>>;
  /** By criterion, of ballots in which people give numbers. */
  readonly means: readonly MeanDoc[];
  readonly all: Share;
  readonly balanced: number | null;
  readonly spread: number | null;
  /** More than chance; null when that was not tested. */
  readonly differs: boolean | null;
  /** In the order of the round's groups. */
  readonly shares: readonly Share[];
}

/** One O, or several small ones together. */
export interface Group {
  readonly sectors: readonly string[];
  readonly n: number;
}

/** How differences between O's were tested. */
export interface Chance {
  readonly line: number;
  readonly runs: number;
}

export interface Round {
  readonly id: string;
  readonly step: string;
  readonly title: Localised;
  readonly number: number;
  readonly state: "open" | "closed" | "revealed";
  readonly seen: boolean;
  readonly n: number | null;
  readonly rules: AnyRules;
  readonly told: Readonly<Record<string, number>>;
  readonly groups: readonly Group[];
  /** O's of which nobody took part. */
  readonly absent: readonly string[];
  /** Ballots that came after the result. */
  readonly late: number;
  /** How many of `n` voted on paper; null: too few to name. */
  readonly scribed: number | null;
  /** Points of which nothing is told: too few answered them. */
  readonly few: readonly string[];
  readonly both: number | null;
  readonly chance: Chance | null;
  /** Where its picture is, as it stands in the report; null: there is none (yet). */
  readonly picture: { readonly svg: string; readonly png: string } | null;
  readonly items: readonly Point[];
}

export interface Start {
  readonly code: string;
  readonly role: "core" | "facilitator" | "steering";
  readonly programme: { readonly name: string; readonly slug: string; readonly threshold: number };
  readonly sectors: readonly SectorLike[];
  readonly pillars: readonly PillarLike[];
  /** Null when this role reads results only. */
  readonly cards: readonly Card[] | null;
  readonly rounds: readonly Round[];
  /** How many rounds were opened, the ones this role may not see yet too. */
  readonly waiting: number;
}
