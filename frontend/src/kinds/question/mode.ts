import type { StepDoc } from "../../lib/wire.gen";

/** Questions from the room, which others support; else short answers. */
export const isQa = ({ settings }: StepDoc): boolean => settings.mode === "qa";
