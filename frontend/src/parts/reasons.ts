import type { Reason } from "../lib/wire.gen";
import { t, tn } from "../messages";

/** As the facilitator may give them, in the order of the buttons. */
export const REASONS = ["name", "off_topic", "rude", "double"] as const;

/** In a line of text: "2 cards hidden: a name, off topic". Of a card hidden before there were reasons, nothing. */
export function reasonWord(reason: Reason): string {
  switch (reason) {
    case "name":
      return t("a name");
    case "off_topic":
      return t("off topic");
    case "rude":
      return t("rude");
    case "double":
      return t("there already");
    case "unknown":
      return "";
  }
}

/** How many are hidden and why, without which; nothing when none is. */
export function hiddenLine(counts: Readonly<Record<string, number | undefined>>): string {
  const found = [...REASONS, "unknown" as const].filter((reason) => counts[reason]);
  const n = found.reduce((sum, reason) => sum + (counts[reason] ?? 0), 0);
  if (n === 0) return "";
  const words = found.map(reasonWord).filter((word) => word !== "");
  if (words.length === 0) return tn("{n} card hidden", "{n} cards hidden", n);
  return tn("{n} card hidden: {why}", "{n} cards hidden: {why}", n, { why: words.join(", ") });
}

export function countReasons(things: readonly { readonly reason: Reason | null }[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { reason } of things) if (reason) counts[reason] = (counts[reason] ?? 0) + 1;
  return counts;
}
