import type { StageKind } from "../stage-kind";
import Wall from "./Wall.svelte";
import Writing from "./Writing.svelte";

export const stage = { writing: Writing, wall: Wall } satisfies StageKind;
