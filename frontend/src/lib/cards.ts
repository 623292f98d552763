import { isPending, type OutboxEntry } from "./entry";
import type { SessionClient } from "./session-client";
import type { EditCard } from "./wire.gen";

/** A card that is still on the phone changes there; one that may be on its way is changed after it. */
export function editCard(client: SessionClient, card: string, change: Omit<EditCard, "card">): void {
  const amended =
    isPending(card) &&
    client.outbox.amend(
      card.slice(1),
      (entry) => ({ ...entry, with: { ...entry.with, ...said(change) } }) as OutboxEntry,
    );
  if (!amended) void client.ask("card.edit", { card, ...said(change) }).catch(() => undefined);
}

export function withdrawCard(client: SessionClient, card: string): void {
  const amended = isPending(card) && client.outbox.amend(card.slice(1), () => null);
  if (!amended) void client.ask("card.withdraw", { card }).catch(() => undefined);
}

function said(change: Omit<EditCard, "card">): Omit<EditCard, "card"> {
  return Object.fromEntries(Object.entries(change).filter(([, value]) => value != null));
}
