import { consoleBallot } from "../../ballots/console";
import { copyOf, type Draft } from "../../console/draft";
import { DEFAULT_RULES, type QuestionSettings } from "../../lib/wire.gen";
import { t } from "../../messages";

type Mode = QuestionSettings["mode"];

interface ModeWords {
  readonly name: () => string;
  /** When to use it, in one sentence. */
  readonly when: () => string;
}

/** What a question asks for; those that are a way of voting are named as it is. */
export const MODES: Readonly<Record<Mode, ModeWords>> = {
  words: {
    name: () => t("Short answers"),
    when: () => t("A word or a few. The same ones are counted together, and the room sees which are said most."),
  },
  qa: {
    name: () => t("Questions from the room"),
    when: () => t("People ask, and support what others ask. The most supported question comes first."),
  },
  choice: consoleBallot({ ballot: "choice" }),
  scale: consoleBallot({ ballot: "scale" }),
};

const SETTINGS: Readonly<Record<Mode, readonly (keyof Draft)[]>> = {
  words: ["most", "live", "practice"],
  qa: ["most", "approve", "practice"],
  choice: ["options", "rules", "practice", "live"],
  scale: ["rules", "practice", "live"],
};

/** What is set of a question that asks for this. Practice is one with a vote: elsewhere it is switched off. */
export const settingsOf = ({ mode }: Draft): readonly (keyof Draft)[] => ["pillar", "mode", ...SETTINGS[mode]];

/** Options that a new choice begins with, and that it needs. */
const FEWEST = 2;

/** Let a form hold what its mode needs: what was set of another way of voting means nothing here. */
export function fit(draft: Draft): void {
  const { mode } = draft;
  if (mode !== "choice" && mode !== "scale") {
    draft.practice = false;
    return;
  }
  if (draft.rules.ballot !== mode) draft.rules = copyOf(DEFAULT_RULES[mode]);
  while (mode === "choice" && draft.options.length < FEWEST) draft.options.push({ nl: "", en: "" });
}

export function missing({ mode, options }: Draft): string {
  const written = options.filter(({ nl, en }) => nl.trim() || en.trim());
  return mode === "choice" && written.length < FEWEST ? t("Give at least {n} options.", { n: FEWEST }) : "";
}
