/** How each kind of step looks on a phone. */
import type { StepKind } from "../lib/wire.gen";
import type { Chunk } from "../phone/chunk.svelte";
import { phone as recess } from "./break/phone";
import { phone as close } from "./close/phone";
import { phone as collect } from "./collect/phone";
import type { PhoneKind } from "./phone-kind";
import { phone as question } from "./question/phone";
import { phone as reveal } from "./reveal/phone";
import { phone as vote } from "./vote/phone";
import { phone as welcome } from "./welcome/phone";

const KINDS: Readonly<Record<StepKind, PhoneKind>> = {
  welcome,
  break: recess,
  collect,
  vote,
  question,
  reveal,
  close,
};

export const phoneKind = ({ kind }: { readonly kind: StepKind }): PhoneKind => KINDS[kind];

export const screenChunks: readonly Chunk<unknown>[] = Object.values(KINDS).map(({ screens }) => screens);

export const kindChunks: readonly Chunk<unknown>[] = Object.values(KINDS).flatMap(({ screens, parts = [] }) => [
  screens,
  ...parts,
]);

/** Those that the first look may be of: what is asked stands there as soon as the server has said what it is. */
export const firstChunks: readonly Chunk<unknown>[] = [collect.screens, vote.screens];
