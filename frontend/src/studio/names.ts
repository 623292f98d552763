import { number, percent, t, text } from "../messages";
import type { SectorLike } from "../parts/types";
import type { Card, Round } from "./types";

export const SOURCES: readonly Card["source"][] = ["own", "scribed", "imported", "interview"];

export function sourceName(source: Card["source"]): string {
  switch (source) {
    case "own":
      return t("Own phone");
    case "scribed":
      return t("Typed for someone");
    case "imported":
      return t("Imported");
    case "interview":
      return t("Interview");
  }
}

export function roundName(round: Round): string {
  const title = text(round.title);
  return round.number > 1 ? t("{title}, round {n}", { title, n: round.number }) : title;
}

export const keyOf = ({ key }: SectorLike): string => key;

/** 11–33, in percent. */
export const range = (low: number, high: number): string => `${number(low * 100)}–${number(high * 100)}`;

export { percent };
