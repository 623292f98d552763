import type { StageKind } from "../stage-kind";
import StageQuestions from "./StageQuestions.svelte";
import StageWords from "./StageWords.svelte";

export const stage = { words: StageWords, questions: StageQuestions } satisfies StageKind;
