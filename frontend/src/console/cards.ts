import { inputOf, takesItems } from "../kinds/facts";
import type { Aspect, CardDoc, SnapshotDoc, StepDoc } from "../lib/wire.gen";
import { t } from "../messages";

export type Which = "all" | "step" | "ticked" | "hidden";

export interface Filter {
  readonly which: Which;
  readonly pillar: string;
  readonly aspect: Aspect | "";
}

/** Newest first; within a minute by chance, so that the order tells nothing about who wrote. */
export const newestFirst = (cards: readonly CardDoc[]): CardDoc[] =>
  [...cards].sort((a, b) => (b.at ?? 0) - (a.at ?? 0) || a.rank - b.rank);

/** Card → its text; with a number where several say the same, so that a button of each has a name of its own. */
export function nameCards(cards: readonly Pick<CardDoc, "id" | "text">[]): ReadonlyMap<string, string> {
  const alike = new Map<string, string[]>();
  for (const { id, text } of cards) alike.set(text, [...(alike.get(text) ?? []), id]);
  return new Map(
    cards.map(({ id, text }) => {
      const all = alike.get(text) ?? [];
      const n = all.indexOf(id) + 1;
      return [id, all.length > 1 ? t("{text} ({n} of {all})", { text, n, all: all.length }) : text];
    }),
  );
}

export function pick(
  cards: readonly CardDoc[],
  filter: Filter,
  step: string | null,
  ticked: ReadonlySet<string>,
): CardDoc[] {
  return cards.filter(
    (card) =>
      (filter.which === "all" ||
        (filter.which === "step" && card.step === step) ||
        (filter.which === "ticked" && ticked.has(card.id)) ||
        (filter.which === "hidden" && card.hidden)) &&
      (!filter.pillar || card.pillar === filter.pillar) &&
      (!filter.aspect || card.aspect === filter.aspect),
  );
}

/** The step whose cards the facilitator is busy with: the one that is on, what it is about, or the last before it. */
export function cardStep(agenda: readonly StepDoc[], now: StepDoc | null): StepDoc | null {
  if (!now) return null;
  if (inputOf(now) === "cards") return now;
  const subject = agenda.find((step) => step.id === now.subject && inputOf(step) === "cards");
  if (subject) return subject;
  const before = agenda.slice(0, agenda.indexOf(now));
  return before.reverse().find((step) => inputOf(step) === "cards" && step.opened_at !== null) ?? null;
}

/** Votes that cards can still go to; first the one that comes next. */
export function voteTargets(doc: SnapshotDoc, agenda: readonly StepDoc[]): StepDoc[] {
  const open = agenda.filter(
    (step) =>
      takesItems(step) &&
      step.round !== null &&
      !doc.rounds.some((round) => round.id === step.round && (round.closed || round.revealed)),
  );
  return [...open.filter((step) => step.state === "planned"), ...open.filter((step) => step.state !== "planned")];
}

export const tickedIn = (doc: SnapshotDoc, round: string | null): ReadonlySet<string> =>
  new Set(doc.rounds.find((each) => each.id === round)?.items.flatMap((item) => item.card ?? []) ?? []);
