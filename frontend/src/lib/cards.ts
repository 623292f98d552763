import { isPending, type OutboxEntry } from "./entry";
import type { Live } from "./live";
import type { EditCard } from "./wire.gen";

/** A card that is still on the phone changes there; one that may be on its way is changed after it. */
export function editCard(live: Live, card: string, change: Omit<EditCard, "card">): void {
  const amended =
    isPending(card) &&
    live.outbox.amend(card.slice(1), (entry) => ({ ...entry, with: { ...entry.with, ...said(change) } }) as OutboxEntry);
  if (!amended) void live.ask("card.edit", { card, ...said(change) }).catch(() => undefined);
}

export function withdrawCard(live: Live, card: string): void {
  const amended = isPending(card) && live.outbox.amend(card.slice(1), () => null);
  if (!amended) void live.ask("card.withdraw", { card }).catch(() => undefined);
}

function said(change: Omit<EditCard, "card">): Omit<EditCard, "card"> {
  return Object.fromEntries(Object.entries(change).filter(([, value]) => value != null));
}
