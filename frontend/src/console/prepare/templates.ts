/** What an agenda can begin with: the program's templates, and what the programme keeps of its own. */
import type { AddStep, SessionKind, StepDoc } from "../../lib/wire.gen";
import { t } from "../../messages";
import type { Desk } from "../desk.svelte";
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

/** What a template took the place of, and which steps came: `first` and what followed it then. */
export interface Before {
  readonly kind: SessionKind;
  readonly minutes: number | null;
  readonly first: string;
  readonly steps: number;
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

/** How many items put to the vote go with the steps. */
export function itemsIn(desk: Desk, steps: readonly StepDoc[]): number {
  const held = steps.filter((step) => holds(desk, step) === "items").map(({ id }) => id);
  const rounds = desk.doc.rounds.filter(({ step }) => held.includes(step));
  return rounds.reduce((items, round) => items + round.items.length, 0);
}

/** Put a template in the place of what is planned: of what stands here, else nothing changes. */
export async function use(desk: Desk, template: Template, minutes: number | null): Promise<Before | null> {
  const { kind } = desk.doc.session;
  const steps = replaced(desk).goes.map(({ id }) => id);
  const { id: first } = await desk.link.ask("agenda.replace", { template: template.key, steps });
  return first === null ? null : { kind, minutes, first, steps: template.steps.length };
}

/** The steps of a template as they came; null until they did. */
export function stepsOf(desk: Desk, { first, steps }: Before): string[] | null {
  const place = desk.steps.findIndex(({ id }) => id === first);
  return place < 0 ? null : desk.steps.slice(place, place + steps).map(({ id }) => id);
}

export async function putBackAll(desk: Desk, { kind, minutes }: Before, steps: string[]): Promise<void> {
  await desk.link.ask("agenda.restore", { kind, minutes, steps });
}

/** A step of the programme's own, at the end. Returns its id. */
export async function addOwn(desk: Desk, template: Template): Promise<string | null> {
  const { steps } = await call<{ steps: { add: AddStep }[] }>(addressOf(desk, template));
  const [step] = steps;
  if (!step) return null;
  const { id } = await desk.link.ask("agenda.add", { ...step.add, after: desk.steps.at(-1)?.id ?? null });
  return id;
}
