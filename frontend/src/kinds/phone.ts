/** How each kind of step looks on a phone. */
import type { StepKind } from "../lib/wire.gen";
import type { Chunk } from "../phone/chunk.svelte";
import { phone as recess } from "./break/phone";
import { phone as collect } from "./collect/phone";
import type { PhoneKind } from "./phone-kind";
import { phone as reveal } from "./reveal/phone";
import { phone as vote } from "./vote/phone";
import { phone as welcome } from "./welcome/phone";

const KINDS = { welcome, break: recess, collect, vote, reveal } satisfies Record<StepKind, PhoneKind>;

export const phoneKind = ({ kind }: { readonly kind: StepKind }): PhoneKind => KINDS[kind];

export const kindChunks: readonly Chunk<unknown>[] = Object.values(KINDS).map(({ screens }) => screens);

/** Those that the first look may be of: what is asked stands there as soon as the server has said what it is. */
export const firstChunks: readonly Chunk<unknown>[] = [collect.screens, vote.screens];
