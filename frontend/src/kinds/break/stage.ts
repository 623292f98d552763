import type { StageKind } from "../stage-kind";
import Recess from "./Recess.svelte";

export const stage = { recess: Recess } satisfies StageKind;
