import type { StepDoc } from "../lib/wire.gen";
import { t } from "../messages";

/** Whether cards or results hang on the projector, in place of the question. */
export function showsAnswers(now: StepDoc | null, subject: StepDoc | null): boolean {
  const shown = now?.kind === "reveal" ? subject : now;
  if (!shown) return false;
  return shown.revealed || (shown.kind === "collect" && !shown.silent);
}

/** In words what the room sees now: the stage follows the step that is on, and what it has revealed. */
export function projected(now: StepDoc | null, subject: StepDoc | null): string {
  if (!now) return t("title and join code");
  if (now.kind === "welcome") return t("welcome and join code");
  if (now.kind === "break") return t("break and clock");
  const shown = now.kind === "reveal" ? subject : now;
  if (!shown) return t("the question");
  if (shown.kind === "collect") return shown.revealed || !shown.silent ? t("the cards, by pillar") : t("question and clock, no cards");
  if (shown.revealed) return t("the results");
  return shown.live ? t("question and clock, live results") : t("question and clock, no results");
}
