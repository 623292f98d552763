import type { StageKind } from "../stage-kind";

/** What it shows is drawn by the kind of its subject. */
export const stage = {} satisfies StageKind;
