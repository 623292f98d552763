import { consoleKind, NEW_STEP } from "../kinds/console";
import { finished, wrongIn } from "../ballots/console";
import {
  DEFAULT_SETTINGS,
  MOST_MINUTES,
  SETTING_LIMITS,
  type AddStep,
  type AnyRules,
  type AnySettings,
  type EditStep,
  type QuestionOption,
  type QuestionSettings,
  type StepDoc,
  type StepKind,
} from "../lib/wire.gen";
import { t } from "../messages";

/** A field of the form that holds a whole number. */
export type NumberField = "minutes" | "max_cards" | "most";

/** What the form of a step holds; the same names as on the wire. */
export interface Draft {
  kind: StepKind;
  title_nl: string;
  title_en: string;
  prompt_nl: string;
  prompt_en: string;
  body_nl: string;
  body_en: string;
  /** For facilitators only. */
  notes: string;
  pillar: string;
  subject: string;
  minutes: number | null;
  silent: boolean;
  live: boolean;
  /** The way of voting and its rules; numbers that are being typed may be none. */
  rules: AnyRules;
  max_cards: number | null;
  mode: QuestionSettings["mode"];
  most: number | null;
  approve: boolean;
  practice: boolean;
  /** To choose from. */
  options: QuestionOption[];
}

/** Typed into without a change to what it was made of. Not `structuredClone`: a step in a `$state` is a proxy. */
export const copyOf = <Value>(value: Value): Value => JSON.parse(JSON.stringify(value)) as Value;

export const emptyDraft = (): Draft => ({
  kind: NEW_STEP,
  title_nl: "",
  title_en: "",
  prompt_nl: "",
  prompt_en: "",
  body_nl: "",
  body_en: "",
  notes: "",
  pillar: "",
  subject: "",
  minutes: 5,
  silent: true,
  live: false,
  rules: copyOf(DEFAULT_SETTINGS.vote.rules),
  max_cards: 20,
  mode: DEFAULT_SETTINGS.question.mode,
  most: DEFAULT_SETTINGS.question.most,
  approve: false,
  practice: false,
  options: [],
});

/** What is set of a step; what its kind does not have is as in an empty form. */
const settingsOf = (settings: AnySettings): Pick<Draft, keyof AnySettings> => {
  const { silent, live, rules, max_cards, mode, most, approve, practice, options } = { ...emptyDraft(), ...settings };
  return { silent, live, rules: copyOf(rules), max_cards, mode, most, approve, practice, options: copyOf(options) };
};

export const draftOf = (step: StepDoc): Draft => ({
  kind: step.kind,
  title_nl: step.title.nl,
  title_en: step.title.en,
  prompt_nl: step.prompt.nl,
  prompt_en: step.prompt.en,
  body_nl: step.body.nl,
  body_en: step.body.en,
  notes: step.notes ?? "",
  pillar: step.pillar ?? "",
  subject: step.subject ?? "",
  minutes: step.minutes,
  ...settingsOf(step.settings),
});

/** What number fields take; as the server has it. */
export const LIMITS: Record<NumberField, readonly [number, number]> = Object.assign(
  { minutes: [0, MOST_MINUTES] },
  ...Object.values(SETTING_LIMITS),
);

const ALWAYS: readonly (keyof Draft)[] = [
  "title_nl",
  "title_en",
  "prompt_nl",
  "prompt_en",
  "body_nl",
  "body_en",
  "notes",
  "minutes",
];

/** Fields of every step. */
const PLAIN: readonly (keyof Draft)[] = [...ALWAYS, "pillar", "subject"];

/** What is set of a step like this. */
function settingsFor(draft: Draft): readonly (keyof Draft)[] {
  const { settings } = consoleKind(draft);
  return typeof settings === "function" ? settings(draft) : settings;
}

export const has = (draft: Draft, field: keyof Draft): boolean => settingsFor(draft).includes(field);

/** The first number that its field does not take; an empty one is none, or what its kind has by default. */
export function outOfRange(draft: Draft): NumberField | null {
  const fields = Object.keys(LIMITS) as NumberField[];
  const used = fields.filter((field) => field === "minutes" || has(draft, field));
  const isWrong = (field: NumberField): boolean => {
    const value = draft[field];
    const [least, most] = LIMITS[field];
    return value !== null && !(Number.isInteger(value) && value >= least && value <= most);
  };
  return used.find(isWrong) ?? null;
}

/** What a field takes, where one holds something else, or what is still missing; "" nothing. */
export function wrongWith(draft: Draft): string {
  if (!draft.title_nl.trim() && !draft.title_en.trim()) return t("Give the step a title.");
  if (has(draft, "subject") && !draft.subject) return t("Choose what is revealed.");
  return rangeOf(draft) || (consoleKind(draft).missing?.(draft) ?? "");
}

function rangeOf(draft: Draft): string {
  const wrong = outOfRange(draft);
  if (wrong === null) return has(draft, "rules") ? wrongIn(draft.rules) : "";
  const names = { minutes: t("Minutes"), max_cards: t("Cards per person"), most: t("Answers per person") };
  const [least, most] = LIMITS[wrong];
  return t("{field}: a whole number from {least} to {most}.", { field: names[wrong], least, most });
}

const trimmed = ({ nl, en }: QuestionOption): QuestionOption => ({ nl: nl.trim(), en: en.trim() });

function wire(draft: Draft, field: keyof Draft): unknown {
  const value = draft[field];
  if (field === "pillar" || field === "subject") return value || null;
  if (field === "minutes") return value ?? 0;
  if (field === "options") return draft.options.map(trimmed).filter(({ nl, en }) => nl || en);
  if (field === "rules") return finished(draft.rules);
  if (field === "max_cards") return value ?? 20;
  if (field === "most") return value ?? DEFAULT_SETTINGS.question.most;
  return typeof value === "string" ? value.trim() : value;
}

/** These fields as a command has them: what is set of a step of its kind stands together. */
function sent(draft: Draft, fields: readonly (keyof Draft)[]): object {
  const of = (some: readonly (keyof Draft)[]): object =>
    Object.fromEntries(some.map((field) => [field, wire(draft, field)]));
  const set = fields.filter((field) => !PLAIN.includes(field));
  const plain = of(fields.filter((field) => PLAIN.includes(field)));
  return set.length > 0 ? { ...plain, settings: of(set) } : plain;
}

/** A step has a title in both languages; who wrote one only gets it twice rather than a refusal. */
const titled = (draft: Draft): Draft => ({
  ...draft,
  title_nl: draft.title_nl.trim() || draft.title_en,
  title_en: draft.title_en.trim() || draft.title_nl,
});

export function asNew(written: Draft, after: string | null): AddStep {
  const draft = titled(written);
  return { kind: draft.kind, after, ...sent(draft, [...ALWAYS, ...settingsFor(draft)]) } as AddStep;
}

/** Fields that hold something else than they did, as they would be sent. */
export function changedFields(written: Draft, was: Draft): (keyof Draft)[] {
  const draft = titled(written);
  return [...ALWAYS, ...settingsFor(draft)].filter((field) => !isAlike(wire(draft, field), wire(was, field)));
}

export const isAlike = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

/** Only what was changed here: what another facilitator changed in the meantime stays. */
export function asChange(written: Draft, was: Draft, step: string): EditStep | null {
  const fields = changedFields(written, was);
  return fields.length > 0 ? ({ step, ...sent(titled(written), fields) } as EditStep) : null;
}

/** These fields, to be taken only where they still stand as they `was`. */
export const asChangeOf = (
  written: Draft,
  was: Draft,
  { step, fields }: { step: string; fields: readonly (keyof Draft)[] },
): EditStep => ({ step, ...sent(titled(written), fields), was: sent(was, fields) });
