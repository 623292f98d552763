/** What an agenda can begin with: the program's templates, and what the programme keeps of its own. */
import type { AddStep, SessionKind, StepDoc } from "../../lib/wire.gen";
import { t } from "../../messages";
import type { Desk } from "../desk.svelte";
import { asNew, draftOf } from "../draft";
import { holds } from "./removed";

interface TemplateStep {
  readonly title: string;
  readonly kind: string;
  readonly minutes: number;
  /** People rest. */
  readonly rests: boolean;
}

export interface Template {
  readonly key: string;
  /** Of the programme; else of the program. */
  readonly own: boolean;
  readonly title: string;
  readonly kind: SessionKind;
  /** How long a session of it is to take; null: nobody said. */
  readonly minutes: number | null;
  /** What later kinds of steps would add. */
  readonly adds: string;
  readonly steps: readonly TemplateStep[];
}

export interface Templates {
  /** How long this session is to take. */
  readonly minutes: number | null;
  readonly templates: readonly Template[];
  /** Steps that the programme keeps, each as a template of one. */
  readonly steps: readonly Template[];
}

/** A step to add, and the number of the one among them whose answers it shows. */
export interface Planned {
  readonly add: AddStep;
  readonly subject: number | null;
}

/** What was replaced, and by which steps: both go back. */
export interface Before {
  readonly kind: SessionKind;
  readonly minutes: number | null;
  readonly steps: readonly Planned[];
  readonly made: readonly string[];
}

async function call<Answer>(address: string, request: RequestInit = {}): Promise<Answer> {
  const answer = await fetch(address, {
    ...request,
    credentials: "same-origin",
    headers: { Accept: "application/json", ...request.headers },
  });
  const told: unknown = await answer.json().catch(() => null);
  if (answer.ok && told !== null) return told as Answer;
  throw new Error((told as { message?: string } | null)?.message ?? t("That did not work. Try again."));
}

export const askTemplates = (desk: Desk): Promise<Templates> => call(desk.start.templates_url);

const addressOf = (desk: Desk, { key }: Template): string => `${desk.start.templates_url}${key}/`;

const form = (desk: Desk, typed: Record<string, string>): RequestInit => ({
  method: "POST",
  body: new URLSearchParams(typed),
  headers: { "X-CSRFToken": desk.start.csrf },
});

/** Keep the agenda as it is stored, or one step of it. */
export const keep = (desk: Desk, name: string, step?: string): Promise<Templates> =>
  call(desk.start.templates_url, form(desk, step === undefined ? { name } : { name, step }));

export const rename = (desk: Desk, template: Template, name: string): Promise<Templates> =>
  call(addressOf(desk, template), form(desk, { name }));

export const discard = (desk: Desk, template: Template): Promise<Templates> =>
  call(addressOf(desk, template), { method: "DELETE", headers: { "X-CSRFToken": desk.start.csrf } });

export const stepsMinutes = (template: Template): number =>
  template.steps.reduce((minutes, step) => minutes + step.minutes, 0);

/** Which steps a template takes the place of, and which stay: what was opened holds what people gave. */
export function replaced(desk: Desk): { readonly goes: readonly StepDoc[]; readonly stays: readonly StepDoc[] } {
  const stays = desk.steps.filter((step) => holds(desk, step) === "answers");
  return { goes: desk.steps.filter((step) => !stays.includes(step)), stays };
}

/** How many items put to the vote go with the steps: they do not come back. */
export function itemsIn(desk: Desk, steps: readonly StepDoc[]): number {
  const held = steps.filter((step) => holds(desk, step) === "items").map(({ id }) => id);
  const rounds = desk.doc.rounds.filter(({ step }) => held.includes(step));
  return rounds.reduce((items, round) => items + round.items.length, 0);
}

/** What one of them shows is told by its number, else by its id: that stays. */
function asPlanned(steps: readonly StepDoc[]): Planned[] {
  return steps.map((step) => {
    const place = steps.findIndex(({ id }) => id === step.subject);
    return { add: asNew(draftOf(step), null), subject: place < 0 ? null : place };
  });
}

/** Behind each other, from `after` on. Returns their ids; when one is refused, those before it go again. */
async function addAll(desk: Desk, planned: readonly Planned[], after: string | null): Promise<string[]> {
  const made: string[] = [];
  try {
    for (const { add, subject } of planned) {
      const shown = subject === null ? (add.subject ?? null) : (made[subject] ?? null);
      const { id } = await desk.link.ask("agenda.add", { ...add, subject: shown, after: made.at(-1) ?? after });
      if (id !== null) made.push(id);
    }
  } catch (reason) {
    await removeAll(desk, made).catch(() => undefined);
    throw reason;
  }
  return made;
}

async function removeAll(desk: Desk, steps: readonly string[]): Promise<void> {
  for (const step of steps) {
    await desk.link.ask("agenda.remove", { step }).catch((reason: unknown) => {
      // Somebody else removed it meanwhile.
      if (desk.step(step)) throw reason;
    });
  }
}

const ofSession = (kind: SessionKind, minutes: number | null): { kind: SessionKind; minutes: number | null } => ({
  kind,
  minutes,
});

/** Put a template in the place of what is planned: its steps first, so that nothing is gone when one is refused. */
export async function use(desk: Desk, template: Template, minutes: number | null): Promise<Before> {
  const { goes } = replaced(desk);
  const before = { kind: desk.doc.session.kind, minutes, steps: asPlanned(goes) };
  const { steps } = await call<{ steps: Planned[] }>(addressOf(desk, template));
  const made = await addAll(desk, steps, desk.steps.at(-1)?.id ?? null);
  await removeAll(
    desk,
    goes.map(({ id }) => id),
  );
  await desk.link.ask("session.edit", ofSession(template.kind, template.minutes));
  return { ...before, made };
}

export async function putBackAll(desk: Desk, before: Before): Promise<void> {
  await addAll(desk, before.steps, desk.steps.at(-1)?.id ?? null);
  await removeAll(desk, before.made);
  await desk.link.ask("session.edit", ofSession(before.kind, before.minutes));
}

/** A step of the programme's own, at the end. Returns its id. */
export async function addOwn(desk: Desk, template: Template): Promise<string | null> {
  const { steps } = await call<{ steps: Planned[] }>(addressOf(desk, template));
  const [made] = await addAll(desk, steps, desk.steps.at(-1)?.id ?? null);
  return made ?? null;
}
