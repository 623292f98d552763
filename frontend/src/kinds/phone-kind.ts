import type { Component } from "svelte";

import type { StepDoc } from "../lib/wire.gen";
import type { Chunk } from "../phone/chunk.svelte";
import type { Phone } from "../phone/phone.svelte";

export interface StepProps {
  readonly phone: Phone;
  readonly step: StepDoc;
}

export interface OwnProps extends StepProps {
  /** Among one's own things of other steps: it says which step it is of. */
  readonly among?: boolean;
}

/** A kind's screens on the phone, in a file of their own. */
export interface PhoneScreens {
  /** While the step is open. */
  readonly Open: Component<StepProps>;
  /** What this person gave in it. */
  readonly Own?: Component<OwnProps>;
  /** What came of it. */
  readonly Outcome?: Component<StepProps>;
  /** Said above the outcome. */
  readonly outcomeWords?: (phone: Phone, step: StepDoc) => string;
}

export interface PhoneKind {
  readonly screens: Chunk<PhoneScreens>;
  /** What its screens load besides. */
  readonly parts?: readonly Chunk<unknown>[];
  /** What stands there while it is open stays after it was closed. */
  readonly stays?: true;
  /** The step whose outcome stands there now, null when that step is unknown; undefined when no outcome does. */
  readonly outcomeOf: (phone: Phone, step: StepDoc) => StepDoc | null | undefined;
}

export const revealed = (_: Phone, step: StepDoc): StepDoc | undefined =>
  step.state === "closed" && step.revealed ? step : undefined;

/** Of a step that may have a round. When another one is prepared while the step is open, what stands there is what came of
 *  the one before. */
export const shown = (phone: Phone, step: StepDoc): StepDoc | undefined => {
  const round = phone.roundOf(step);
  return round?.closed && round.revealed ? step : revealed(phone, step);
};
