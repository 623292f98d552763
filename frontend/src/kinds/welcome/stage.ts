import type { StageKind } from "../stage-kind";
import Welcome from "./Welcome.svelte";

export const stage = { prompt: Welcome } satisfies StageKind;
