import type { StepDoc } from "../../lib/wire.gen";

type Set = Pick<StepDoc, "settings">;

/** Questions from the room, which others support. */
export const isQa = ({ settings }: Set): boolean => settings.mode === "qa";

/** A choice or a scale, of which there is a result; else short answers, or a Q&A. */
export const isVote = ({ settings }: Set): boolean => settings.mode === "choice" || settings.mode === "scale";
