// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";

import { aRound, aSnapshot, aStep, anItem } from "../../lib/fixtures";
import type { AddStep, ConsoleCommands, Done, StepDoc } from "../../lib/wire.gen";
import { aView, START } from "../console.fixture";
import { Desk, type Link } from "../desk.svelte";
import { itemsIn, putBackAll, replaced, use, type Template } from "./templates";

type Run = Parameters<Link["subscribe"]>[0];

const planned = (id: string, position: number, more: Partial<StepDoc> = {}): StepDoc =>
  aStep(id, { position, state: "planned", opened_at: null, ...more });

/** An agenda that takes commands as the server does. */
class Agenda implements Link {
  steps: StepDoc[];
  session = aSnapshot().session;
  /** Refuses the step with this title. */
  refuses = "";
  #run: Run = () => undefined;
  #made = 0;

  constructor(steps: StepDoc[]) {
    this.steps = steps;
  }
  subscribe(run: Run): () => void {
    this.#run = run;
    this.#tell();
    return () => undefined;
  }
  #tell(): void {
    this.steps = this.steps.map((step, place) => ({ ...step, position: place + 1 }));
    this.#run(aView(aSnapshot({ steps: this.steps, session: this.session })));
  }
  ask<V extends keyof ConsoleCommands>(command: V, content: ConsoleCommands[V]): Promise<Done> {
    const done = { seq: 1, id: command === "agenda.add" ? this.#add(content as AddStep) : null };
    if (done.id === "") return Promise.reject({ code: "bad", message: "Not this one." });
    if (command === "agenda.remove") {
      const { step } = content as ConsoleCommands["agenda.remove"];
      this.steps = this.steps.filter(({ id }) => id !== step);
    }
    if (command === "session.edit") this.session = { ...this.session, ...(content as object) };
    this.#tell();
    return Promise.resolve(done);
  }
  #add(add: AddStep): string {
    if (add.title_nl === this.refuses) return "";
    const id = `made${++this.#made}`;
    const title = { nl: add.title_nl, en: add.title_en };
    const made = planned(id, 0, { kind: add.kind, title, subject: add.subject ?? null, minutes: add.minutes ?? 5 });
    this.steps.splice(this.steps.findIndex((step) => step.id === add.after) + 1, 0, made);
    return id;
  }
  now = (): number => 1_000;
  retry = (): void => undefined;
}

const TEMPLATE: Template = { key: "event", own: false, title: "", kind: "event", minutes: 60, adds: "", steps: [] };
const words = (kind: string, title: string): object => ({ kind, title_nl: title, title_en: title, minutes: 9 });
const STEPS = [
  { add: words("collect", "Write"), subject: null },
  { add: words("reveal", "Look"), subject: 0 },
];

function at(agenda: Agenda): Desk {
  const desk = new Desk(agenda, START);
  agenda.subscribe((view) => (desk.view = view));
  return desk;
}
const told = (agenda: Agenda): (string | null)[][] =>
  agenda.steps.map(({ title, subject }) => [
    title.en,
    subject && (agenda.steps.find(({ id }) => id === subject)?.title.en ?? "gone"),
  ]);

beforeEach(() => vi.stubGlobal("fetch", () => Promise.resolve(Response.json({ steps: STEPS }))));
afterEach(() => void vi.unstubAllGlobals());

describe("a template in the place of an agenda", () => {
  const old = (): StepDoc[] => [
    planned("a", 1),
    planned("b", 2, { kind: "reveal", subject: "a", settings: {} as StepDoc["settings"] }),
  ];

  test("takes it, with its kind and time, and gives it back as it was", async () => {
    const agenda = new Agenda(old());
    const desk = at(agenda);
    const before = await use(desk, TEMPLATE, 150);
    expect(told(agenda)).toEqual([
      ["Write", null],
      ["Look", "Write"],
    ]);
    expect(agenda.session).toMatchObject({ kind: "event", minutes: 60 });
    await putBackAll(desk, before);
    expect(told(agenda)).toEqual([
      ["a", null],
      ["b", "a"],
    ]);
    expect(agenda.session).toMatchObject({ kind: "workshop", minutes: 150 });
  });

  test("leaves what was opened, and what shows it points there again", async () => {
    const opened = planned("a", 1, { state: "closed", opened_at: 5 });
    const agenda = new Agenda([opened, ...old().slice(1)]);
    const desk = at(agenda);
    expect(replaced(desk).stays.map(({ id }) => id)).toEqual(["a"]);
    const before = await use(desk, TEMPLATE, null);
    expect(told(agenda).map(([title]) => title)).toEqual(["a", "Write", "Look"]);
    await putBackAll(desk, before);
    expect(told(agenda)).toEqual([
      ["a", null],
      ["b", "a"],
    ]);
  });

  test("changes nothing when one of its steps is refused", async () => {
    const agenda = new Agenda(old());
    agenda.refuses = "Look";
    await expect(use(at(agenda), TEMPLATE, null)).rejects.toMatchObject({ message: "Not this one." });
    expect(told(agenda).map(([title]) => title)).toEqual(["a", "b"]);
    expect(agenda.session.kind).toBe("workshop");
  });

  test("says how many items go with it", () => {
    const vote = planned("v", 1, { kind: "vote", round: "r" });
    const desk = at(new Agenda([vote]));
    const round = aRound("r", { step: "v", items: [anItem("i"), anItem("j")] });
    desk.view = aView(aSnapshot({ steps: [vote], rounds: [round] }));
    expect(itemsIn(desk, replaced(desk).goes)).toBe(2);
  });
});
