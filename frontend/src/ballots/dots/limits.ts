import { RULE_LIMITS } from "../../lib/wire.gen";

export const LIMITS = RULE_LIMITS.dots as Record<"budget" | "most", [number, number]>;
