import { inputOf } from "../kinds/facts";
import type { StepDoc } from "./wire.gen";

/** The step for answers that was closed last, also when it was closed for good. */
export function closedLast(steps: readonly StepDoc[]): StepDoc | null {
  const closed = steps.filter((step) => step.state === "closed" && inputOf(step) !== null);
  return closed.reduce<StepDoc | null>((a, b) => (a && (a.closed_at ?? 0) >= (b.closed_at ?? 0) ? a : b), null);
}
