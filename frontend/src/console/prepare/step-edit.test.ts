import { flushSync } from "svelte";
import { describe, expect, test } from "vitest";

import type { Done, EditStep, StepDoc } from "../../lib/wire.gen";
import { step } from "../rows.fixture";
import { StepEdit } from "./step-edit.svelte";

/** A server that takes a change as the real one does: only where the fields stand as they were read. */
class Agenda {
  stored: StepDoc = step("a", { kind: "collect", prompt: { nl: "Wat?", en: "" } });
  readonly taken: EditStep[] = [];
  readonly edits: StepEdit[] = [];
  /** Somebody's screen hears of changes only when told. */
  tell(edit: StepEdit): void {
    edit.adopt(this.stored);
    flushSync();
  }
  open(): StepEdit {
    const edit = new StepEdit(this.stored, (change) => this.#take(change));
    this.edits.push(edit);
    return edit;
  }
  #take({ was, ...change }: EditStep): Promise<Done> {
    if (was?.prompt_nl !== undefined && was.prompt_nl !== this.stored.prompt.nl)
      return Promise.reject({ code: "agenda.changed", message: "Someone else changed this meanwhile." });
    this.taken.push(change);
    const { nl, en } = this.stored.prompt;
    this.stored = {
      ...this.stored,
      prompt: { nl: (change.prompt_nl ?? nl).replace(/\s+/g, " ").trim(), en: change.prompt_en ?? en },
      minutes: change.minutes ?? this.stored.minutes,
      settings: { ...this.stored.settings, ...change.settings },
    };
    return Promise.resolve({ seq: 1, id: null });
  }
}

describe("a step that two people edit", () => {
  test("only what was changed is sent, once", async () => {
    const agenda = new Agenda();
    const edit = agenda.open();
    edit.draft.prompt_nl = "Wat nu?";
    await edit.save();
    await edit.save();
    expect(agenda.taken).toEqual([{ step: "a", prompt_nl: "Wat nu?" }]);
    agenda.tell(edit);
    expect(edit.isDirty).toBe(false);
  });

  test("different fields stand beside each other", async () => {
    const agenda = new Agenda();
    const [anna, bram] = [agenda.open(), agenda.open()];
    anna.draft.prompt_nl = "Van Anna";
    bram.draft.max_cards = 3;
    bram.draft.minutes = 9;
    await anna.save();
    await bram.save();
    agenda.tell(anna);
    agenda.tell(bram);
    expect([anna.draft.max_cards, anna.draft.minutes, bram.draft.prompt_nl]).toEqual([3, 9, "Van Anna"]);
    expect([...anna.conflicts, ...bram.conflicts]).toEqual([]);
  });

  test("the same field shows both and writes over nothing until somebody chose", async () => {
    const agenda = new Agenda();
    const [anna, bram] = [agenda.open(), agenda.open()];
    anna.draft.prompt_nl = "Van Anna";
    bram.draft.prompt_nl = "Van Bram";
    await anna.save();
    agenda.tell(anna);
    await bram.save();
    expect(agenda.stored.prompt.nl).toBe("Van Anna");
    agenda.tell(bram);
    expect(bram.conflicts).toEqual(["prompt_nl"]);
    expect([bram.theirs("prompt_nl"), bram.draft.prompt_nl]).toEqual(["Van Anna", "Van Bram"]);
    bram.draft.prompt_en = "Also typed";
    await bram.save();
    expect(agenda.stored.prompt).toEqual({ nl: "Van Anna", en: "Also typed" });
    await bram.keepMine("prompt_nl");
    expect(agenda.stored.prompt.nl).toBe("Van Bram");
    agenda.tell(anna);
    expect(anna.draft.prompt_nl).toBe("Van Bram");
  });

  test("taking theirs gives up what was typed here", async () => {
    const agenda = new Agenda();
    const [anna, bram] = [agenda.open(), agenda.open()];
    anna.draft.prompt_nl = "Van Anna";
    await anna.save();
    bram.draft.prompt_nl = "Van Bram";
    agenda.tell(bram);
    bram.takeTheirs("prompt_nl");
    await bram.save();
    expect([bram.draft.prompt_nl, agenda.stored.prompt.nl, bram.isDirty]).toEqual(["Van Anna", "Van Anna", false]);
  });

  test("typing goes on while a change is on its way, and what the server tidies is no conflict", async () => {
    const agenda = new Agenda();
    const edit = agenda.open();
    edit.draft.prompt_nl = "Wat  nu ";
    const sent = edit.save();
    edit.draft.prompt_nl = "Wat  nu dan";
    agenda.tell(edit);
    expect(edit.conflicts).toEqual([]);
    await sent;
    agenda.tell(edit);
    await edit.save();
    expect(agenda.stored.prompt.nl).toBe("Wat nu dan");
    agenda.tell(edit);
    expect(edit.isDirty).toBe(false);
  });

  test("what cannot be stored says why and keeps what was typed", async () => {
    const agenda = new Agenda();
    const edit = agenda.open();
    edit.draft.title_nl = edit.draft.title_en = " ";
    edit.draft.prompt_nl = "Blijft staan";
    await edit.save();
    expect([edit.wrong !== "", agenda.taken.length, edit.draft.prompt_nl]).toEqual([true, 0, "Blijft staan"]);
  });
});
