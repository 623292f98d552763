/** What was taken out of the agenda, and how it comes back: as a new step in its old place, which what showed it shows. */
import type { StepDoc } from "../../lib/wire.gen";
import { takesItems } from "../../kinds/facts";
import type { Desk } from "../desk.svelte";
import { asNew, draftOf, type Draft } from "../draft";

export interface Removed {
  readonly draft: Draft;
  /** The step before it; null: it was the first. */
  readonly after: string | null;
  /** Steps that showed what came of it. */
  readonly shownBy: readonly string[];
}

export const asRemoved = (desk: Desk, step: StepDoc, draft: Draft = draftOf(step)): Removed => ({
  draft,
  after: desk.steps[desk.steps.indexOf(step) - 1]?.id ?? null,
  shownBy: desk.steps.filter(({ subject }) => subject === step.id).map(({ id }) => id),
});

/** Removing it cannot be taken back: what people answered is kept apart, what was put to the vote goes with it. */
export function holds(desk: Desk, step: StepDoc): "answers" | "items" | null {
  if (step.opened_at !== null) return "answers";
  const rounds = desk.doc.rounds.filter((round) => round.step === step.id);
  return takesItems(step) && rounds.some(({ items }) => items.length > 0) ? "items" : null;
}

/** Returns the id of the step that stands in its place. */
export async function putBack(desk: Desk, { draft, after, shownBy }: Removed): Promise<string | null> {
  const place = desk.steps.some(({ id }) => id === after) ? after : (desk.steps.at(-1)?.id ?? null);
  const { id } = await desk.link.ask("agenda.add", asNew(draft, after === null ? null : place));
  if (id === null) return null;
  await showBy(desk, shownBy, id);
  return id;
}

/** Another kind is another step in the same place, with the same words. */
export async function changeKind(desk: Desk, step: StepDoc, draft: Draft): Promise<string | null> {
  const { shownBy } = asRemoved(desk, step);
  const { id } = await desk.link.ask("agenda.add", asNew(draft, step.id));
  if (id === null) return null;
  await desk.link.ask("agenda.remove", { step: step.id });
  await showBy(desk, shownBy, id);
  return id;
}

async function showBy(desk: Desk, steps: readonly string[], subject: string): Promise<void> {
  for (const step of steps) {
    // What it became may have nothing to reveal, and whoever showed it may be gone: then it chooses anew.
    await desk.link.ask("agenda.edit", { step, subject }).catch(() => undefined);
  }
}
