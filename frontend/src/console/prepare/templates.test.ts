// @vitest-environment happy-dom
import { afterEach, describe, expect, test, vi } from "vitest";

import { aRound, aSnapshot, aStep, anItem } from "../../lib/fixtures";
import type { ConsoleCommands, Done, StepDoc } from "../../lib/wire.gen";
import { aView, START } from "../console.fixture";
import { Desk, type Link } from "../desk.svelte";
import { Edits } from "./edits";
import { addOwn, itemsIn, putBackAll, replaced, stepsOf, use, type Template } from "./templates";

const planned = (id: string, position: number, more: Partial<StepDoc> = {}): StepDoc =>
  aStep(id, { position, state: "planned", opened_at: null, ...more });

/** An agenda that is told what the server does, which tests/domain/test_whole_agenda.py says. */
class Agenda implements Link {
  readonly asked: { command: string; content: unknown }[] = [];
  id: string | null = "made1";
  subscribe(): () => void {
    return () => undefined;
  }
  ask<V extends keyof ConsoleCommands>(command: V, content: ConsoleCommands[V]): Promise<Done> {
    this.asked.push({ command, content });
    return Promise.resolve({ seq: 1, id: this.id });
  }
  now = (): number => 1_000;
  retry = (): void => undefined;
}

const step = { title: "", kind: "collect", minutes: 5, rests: false };
const TEMPLATE: Template = {
  key: "event",
  own: false,
  title: "",
  kind: "event",
  minutes: 60,
  adds: "",
  steps: [step, step],
};

function at(agenda: Agenda, steps: StepDoc[]): Desk {
  const desk = new Desk(agenda, START);
  desk.view = aView(aSnapshot({ steps }));
  return desk;
}

afterEach(() => void vi.unstubAllGlobals());

describe("a template in the place of an agenda", () => {
  const opened = planned("a", 1, { state: "closed", opened_at: 5 });

  test("names what goes as it stands here, and what was opened stays", async () => {
    const agenda = new Agenda();
    const desk = at(agenda, [opened, planned("b", 2), planned("c", 3)]);
    expect(replaced(desk).stays.map(({ id }) => id)).toEqual(["a"]);
    const before = await use(desk, TEMPLATE, 150);
    expect(agenda.asked).toEqual([{ command: "agenda.replace", content: { template: "event", steps: ["b", "c"] } }]);
    expect(before).toEqual({ kind: "workshop", minutes: 150, first: "made1", steps: 2 });
  });

  test("goes again for what it took the place of, without what somebody added behind it", async () => {
    const agenda = new Agenda();
    const desk = at(agenda, [opened, planned("b", 2)]);
    const before = await use(desk, TEMPLATE, 150);
    if (!before) throw new Error("nothing was made");
    expect(stepsOf(desk, before)).toBeNull();
    const came = [opened, planned("made1", 2), planned("made2", 3), planned("added", 4)];
    desk.view = aView(aSnapshot({ steps: came }));
    const made = stepsOf(desk, before);
    expect(made).toEqual(["made1", "made2"]);
    await putBackAll(desk, before, made ?? []);
    expect(agenda.asked.at(-1)).toEqual({
      command: "agenda.restore",
      content: { kind: "workshop", minutes: 150, steps: ["made1", "made2"] },
    });
  });

  test("is nothing to put back where the template has no step", async () => {
    const agenda = new Agenda();
    agenda.id = null;
    expect(await use(at(agenda, []), TEMPLATE, null)).toBeNull();
  });

  test("says how many items go with it", () => {
    const vote = planned("v", 1, { kind: "vote", round: "r" });
    const desk = at(new Agenda(), [vote]);
    const round = aRound("r", { step: "v", items: [anItem("i"), anItem("j")] });
    desk.view = aView(aSnapshot({ steps: [vote], rounds: [round] }));
    expect(itemsIn(desk, replaced(desk).goes)).toBe(2);
  });
});

test("a step of the programme's own comes last", async () => {
  vi.stubGlobal("fetch", () => Promise.resolve(Response.json({ steps: [{ add: { kind: "break" }, subject: null }] })));
  const agenda = new Agenda();
  expect(await addOwn(at(agenda, [planned("a", 1), planned("b", 2)]), TEMPLATE)).toBe("made1");
  expect(agenda.asked).toEqual([{ command: "agenda.add", content: { kind: "break", after: "b" } }]);
});

test("what is typed into several steps that go at once is offered of each", () => {
  const edits = new Edits(new Agenda());
  const steps = [planned("a", 1), planned("b", 2), planned("c", 3)];
  expect(edits.follow(steps)).toEqual([]);
  for (const each of steps.slice(0, 2)) edits.of(each).draft.title_en = `typed into ${each.id}`;
  expect(edits.follow([planned("d", 1)]).map(({ draft }) => draft.title_en)).toEqual(["typed into a", "typed into b"]);
});
