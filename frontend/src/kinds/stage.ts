/** What draws each kind of step on the stage. */
import type { Component } from "svelte";

import type { StepKind } from "../lib/wire.gen";
import type { KindScene, SceneProps } from "../stage/scene-props";
import { stage as recess } from "./break/stage";
import { stage as close } from "./close/stage";
import { stage as collect } from "./collect/stage";
import { stage as question } from "./question/stage";
import { stage as reveal } from "./reveal/stage";
import type { StageKind } from "./stage-kind";
import { stage as vote } from "./vote/stage";
import { stage as welcome } from "./welcome/stage";

const KINDS = { welcome, break: recess, collect, vote, question, reveal, close } satisfies Record<StepKind, StageKind>;

const SCENES = {
  ...KINDS.welcome,
  ...KINDS.break,
  ...KINDS.collect,
  ...KINDS.vote,
  ...KINDS.question,
  ...KINDS.reveal,
  ...KINDS.close,
} satisfies Required<StageKind>;

/** Each draws scenes of its own name, so it is given one. */
export const drawingOf = ({ kind }: KindScene): Component<SceneProps> => SCENES[kind] as Component<SceneProps>;
