import type { Component } from "svelte";

import type { Draft } from "../console/draft";
import type { StepDoc } from "../lib/wire.gen";

export interface SettingsProps {
  draft: Draft;
  /** The step itself. */
  self: string | null;
}

/** A kind on the console: its name, its settings, and for one that takes answers how they are spoken of. */
export interface ConsoleKind {
  readonly name: () => string;
  /** Fields of the form that mean something for it; only these are shown, and sent. */
  readonly settings: readonly (keyof Draft)[] | ((draft: Draft) => readonly (keyof Draft)[]);
  readonly Settings?: Component<SettingsProps, Record<string, never>, "draft">;
  /** What has to be filled in before it is stored; "" nothing. */
  readonly missing?: (draft: Draft) => string;
  readonly answers?: AnswerWords;
  /** What a facilitator does with a step that is on or was last, above its cards. */
  readonly Panel?: Component<{ readonly step: StepDoc }>;
  /** What its question and its explanation are called in the form, where they are something else. */
  readonly words?: { readonly prompt: () => string; readonly body: () => string };
}

export interface AnswerWords {
  /** How many of all who take part gave something. */
  readonly counted: (n: number, all: string) => string;
  /** Under the people of the room. */
  readonly legend: () => string;
  /** What nobody has seen before a reveal; cards that were written in the open have been seen. */
  readonly isHidden: (step: StepDoc) => boolean;
  readonly reveal: () => string;
  /** Phones that went silent before a reveal. */
  readonly maybeHeld: (silent: number) => string;
  /** Before a reveal: nobody counts the paper in the room. */
  readonly askPaper: (step: StepDoc) => string;
  /** Before it is closed for good. */
  readonly askSeal: () => string;
}
