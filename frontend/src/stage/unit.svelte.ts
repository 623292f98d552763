import { innerHeight, innerWidth } from "svelte/reactivity/window";

/** `--cocreation-stage-unit` in pixels, for what is measured and not only drawn. */
export const unit = (): number =>
  Math.max(0.1, Math.min((innerWidth.current ?? 1920) / 1920, (innerHeight.current ?? 1080) / 1080));

export const units = (n: number): string => `calc(${n} * var(--cocreation-stage-unit))`;
