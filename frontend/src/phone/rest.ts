import { Chunk } from "./chunk.svelte";

/** The screens of `later.ts`. */
export const rest = new Chunk(() => import("./later"));
