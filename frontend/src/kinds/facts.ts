/** What everything may ask of a step's kind, on every screen. */
import type { StepDoc, StepKind } from "../lib/wire.gen";
import { facts as recess } from "./break/facts";
import { facts as close } from "./close/facts";
import { facts as collect } from "./collect/facts";
import { facts as question } from "./question/facts";
import { facts as reveal } from "./reveal/facts";
import { facts as vote } from "./vote/facts";
import { facts as welcome } from "./welcome/facts";

export interface KindFacts {
  /** What people give in it. */
  readonly input: "cards" | "marks" | null;
  /** It shows what came of another step, its subject. */
  readonly showsSubject: boolean;
  /** Its cards are about no pillar and no aspect. */
  readonly isPlain?: true;
  /** What is voted on stands in the step itself: nobody puts anything else to the vote. */
  readonly holdsOwn?: true;
}

/** What a kind is depends, in some, on how the step is set. */
export type Settled = Pick<StepDoc, "settings">;
type Asked = Pick<StepDoc, "kind" | "settings">;

const FACTS: Readonly<Record<StepKind, KindFacts | ((step: Settled) => KindFacts)>> = {
  welcome,
  break: recess,
  collect,
  vote,
  question,
  reveal,
  close,
};

export function factsOf(step: Asked): KindFacts {
  const facts = FACTS[step.kind];
  return typeof facts === "function" ? facts(step) : facts;
}

export const isPlain = (step: Asked | null): boolean => step !== null && factsOf(step).isPlain === true;
export const inputOf = (step: Asked): KindFacts["input"] => factsOf(step).input;
/** Whether a facilitator chooses what is voted on. */
export const takesItems = (step: Asked): boolean => inputOf(step) === "marks" && !factsOf(step).holdsOwn;
