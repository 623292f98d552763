/** What projectors show of each kind of step. */
import type { StepKind } from "../lib/wire.gen";
import { projection as recess } from "./break/projection";
import { projection as close } from "./close/projection";
import { projection as collect } from "./collect/projection";
import type { ProjectionKind } from "./projection-kind";
import { projection as question } from "./question/projection";
import { projection as reveal } from "./reveal/projection";
import { projection as vote } from "./vote/projection";
import { projection as welcome } from "./welcome/projection";

const KINDS = { welcome, break: recess, collect, vote, question, reveal, close } satisfies Record<
  StepKind,
  ProjectionKind
>;

export const projectionKind = ({ kind }: { readonly kind: StepKind }): ProjectionKind => KINDS[kind];
