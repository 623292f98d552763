/** What everything may ask of a step's kind, on every screen. */
import type { StepKind } from "../lib/wire.gen";
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
}

const FACTS: Readonly<Record<StepKind, KindFacts>> = { welcome, break: recess, collect, vote, question, reveal, close };

export const factsOf = ({ kind }: { readonly kind: StepKind }): KindFacts => FACTS[kind];
export const isPlain = (step: { readonly kind: StepKind } | null): boolean =>
  step !== null && factsOf(step).isPlain === true;
export const inputOf = (step: { readonly kind: StepKind }): KindFacts["input"] => factsOf(step).input;
