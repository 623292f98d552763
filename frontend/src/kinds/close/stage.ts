import type { StageKind } from "../stage-kind";
import Farewell from "./Farewell.svelte";

export const stage = { farewell: Farewell } satisfies StageKind;
