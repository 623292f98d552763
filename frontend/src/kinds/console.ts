/** Each kind of step on the console. */
import type { StepKind } from "../lib/wire.gen";
import { desk as recess } from "./break/console";
import { desk as close } from "./close/console";
import { desk as collect } from "./collect/console";
import type { ConsoleKind } from "./console-kind";
import { desk as question } from "./question/console";
import { desk as reveal } from "./reveal/console";
import { desk as vote } from "./vote/console";
import { desk as welcome } from "./welcome/console";

/** In the order in which the form of a step offers them. */
const KINDS = { welcome, collect, vote, question, reveal, break: recess, close } satisfies Record<
  StepKind,
  ConsoleKind
>;

export const KIND_NAMES = Object.keys(KINDS) as StepKind[];

/** What a new step is, until another kind is chosen, and what fills a gap in the coverage. */
export const NEW_STEP: StepKind = "collect";

export const consoleKind = ({ kind }: { readonly kind: StepKind }): ConsoleKind => KINDS[kind];
