import type { StepDoc } from "../../lib/wire.gen";
import type { Link } from "../desk.svelte";
import type { Draft } from "../draft";
import { StepEdit } from "./step-edit.svelte";

/** What was typed into a step that somebody else removed meanwhile. */
export interface Lost {
  readonly draft: Draft;
  readonly after: string | null;
}

/** Of each step that was opened here, what is typed into it. */
export class Edits {
  readonly #link: Link;
  readonly #each = new Map<string, StepEdit>();
  #agenda: readonly StepDoc[] = [];

  constructor(link: Link) {
    this.#link = link;
  }

  of(step: StepDoc): StepEdit {
    const found = this.#each.get(step.id);
    if (found) return found;
    const made = new StepEdit(step, (change) => this.#link.ask("agenda.edit", change));
    this.#each.set(step.id, made);
    return made;
  }

  known(id: string | null): StepEdit | undefined {
    return id === null ? undefined : this.#each.get(id);
  }

  drop(id: string): void {
    this.#each.delete(id);
  }

  get areDirty(): boolean {
    return [...this.#each.values()].some((edit) => edit.isDirty);
  }

  /** Follow the agenda as it is now. Returns what would be lost with steps that are gone. */
  follow(agenda: readonly StepDoc[]): Lost[] {
    const lost: Lost[] = [];
    for (const [id, edit] of this.#each) {
      const step = agenda.find((found) => found.id === id);
      if (step) edit.adopt(step);
      else {
        const place = this.#agenda.findIndex((found) => found.id === id);
        if (edit.unsaved.length > 0) lost.push({ draft: edit.draft, after: this.#agenda[place - 1]?.id ?? null });
        this.#each.delete(id);
      }
    }
    this.#agenda = agenda;
    return lost;
  }
}
