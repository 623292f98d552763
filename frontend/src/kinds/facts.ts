/** What everything may ask of a step's kind, on every screen. */
import type { StepKind } from "../lib/wire.gen";
import { facts as recess } from "./break/facts";
import { facts as collect } from "./collect/facts";
import { facts as reveal } from "./reveal/facts";
import { facts as vote } from "./vote/facts";
import { facts as welcome } from "./welcome/facts";

export interface KindFacts {
  /** What people give in it. */
  readonly input: "cards" | "marks" | null;
  /** It shows what came of another step, its subject. */
  readonly showsSubject: boolean;
}

const FACTS = { welcome, break: recess, collect, vote, reveal } satisfies Record<StepKind, KindFacts>;

export const factsOf = ({ kind }: { readonly kind: StepKind }): KindFacts => FACTS[kind];
export const inputOf = (step: { readonly kind: StepKind }): KindFacts["input"] => factsOf(step).input;
