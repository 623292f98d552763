import { consoleKind } from "../kinds/console";
import { factsOf } from "../kinds/facts";
import type { StepDoc } from "../lib/wire.gen";

const MINUTE = 60_000;

/** The agenda as it will go; what was taken out after people answered keeps its answers, not its place. */
export const agendaOf = (steps: readonly StepDoc[]): StepDoc[] =>
  steps.filter((step) => step.state !== "superseded").sort((a, b) => a.position - b.position);

export function nextAfter(agenda: readonly StepDoc[], now: StepDoc | null): StepDoc | null {
  return agenda[now ? agenda.indexOf(now) + 1 : 0] ?? null;
}

/** When the step that is on will be over, as far as its clock or its planned minutes tell; never in the past. */
function endOf(step: StepDoc, time: number): number {
  if (step.state !== "open") return time;
  if (step.paused !== null) return time + step.paused;
  return Math.max(time, step.deadline ?? (step.opened_at ?? time) + step.minutes * MINUTE);
}

/** Step id to when it began, or will begin if all goes as planned; null for a step that was skipped. Before the first
 *  step is opened the session begins when it is `planned`, or else now. */
export function startsOf(
  agenda: readonly StepDoc[],
  now: StepDoc | null,
  time: number,
  planned: number | null = null,
): Map<string, number | null> {
  const starts = new Map<string, number | null>();
  const here = now ? agenda.indexOf(now) : -1;
  let cursor = now ? endOf(now, time) : (planned ?? time);
  agenda.forEach((step, place) => {
    if (place <= here) {
      starts.set(step.id, step.opened_at);
    } else {
      starts.set(step.id, cursor);
      cursor += step.minutes * MINUTE;
    }
  });
  return starts;
}

/** A vote or a reveal without a pillar of its own belongs to the pillar of what it is about. */
export function pillarOf(step: StepDoc, steps: readonly StepDoc[]): string | null {
  if (step.pillar || !step.subject) return step.pillar;
  return steps.find((other) => other.id === step.subject)?.pillar ?? null;
}

/** The whole time of a clock: its minutes, or more when time was added. */
export const wholeOf = (step: StepDoc): number =>
  Math.max(
    step.minutes * MINUTE,
    step.paused ?? 0,
    step.deadline !== null && step.opened_at !== null ? step.deadline - step.opened_at : 0,
  );

/** What pressing "reveal" on this step would uncover. */
export function revealedBy(step: StepDoc | null, steps: readonly StepDoc[]): StepDoc | null {
  if (!step) return null;
  return factsOf(step).showsSubject ? (steps.find((other) => other.id === step.subject) ?? null) : step;
}

/** Cards written in the open are on the stage already. */
export const canReveal = (step: StepDoc | null): boolean =>
  step !== null && !step.revealed && step.opened_at !== null && consoleKind(step).answers?.isHidden(step) === true;

/** What to give as `after` so that the step comes one place earlier or later; undefined when it cannot. */
export function placeAfter(agenda: readonly StepDoc[], step: StepDoc, by: -1 | 1): string | null | undefined {
  const place = agenda.indexOf(step);
  if (place < 0 || place + by < 0 || place + by >= agenda.length) return undefined;
  return by === 1 ? agenda[place + 1]!.id : (agenda[place - 2]?.id ?? null);
}
