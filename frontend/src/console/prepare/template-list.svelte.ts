import { getContext, setContext } from "svelte";

import { t } from "../../messages";
import { announce } from "../../parts/announcer.svelte";
import type { Desk } from "../desk.svelte";
import { askTemplates, type Templates } from "./templates";

/** What was read so shortly ago is not read again. */
const FRESH_MS = 1_000;

/** What the agenda can begin with, as it was told last, and what is done with it: one thing at a time. */
export class TemplateList {
  all = $state.raw<Templates | null>(null);
  failed = $state(false);
  busy = $state(false);
  refused = $state("");
  readonly #desk: Desk;
  /** When it was read last. */
  #asked = -Infinity;
  #acts = 0;

  constructor(desk: Desk) {
    this.#desk = desk;
  }

  async load(): Promise<void> {
    this.#asked = this.#desk.link.now();
    const act = this.#acts;
    try {
      const told = await askTemplates(this.#desk);
      // What was done meanwhile was answered with what there is now.
      if (act === this.#acts) this.all = told;
      this.failed = false;
    } catch {
      this.failed = true;
    }
  }

  /** Somebody looks at it: others may have kept, renamed or deleted something since. */
  look(): void {
    if (!this.busy && this.#desk.link.now() - this.#asked > FRESH_MS) void this.load();
  }

  /** Do something, and say so. Returns whether it was done. An act that answers with what there is now has it shown. */
  async run(act: () => Promise<Templates | undefined>, words: string): Promise<boolean> {
    if (this.busy) return false;
    this.busy = true;
    this.#acts += 1;
    this.refused = "";
    try {
      const told = await act();
      if (told) this.all = told;
      announce(words);
      return true;
    } catch (reason) {
      this.refused = (reason as { message?: string }).message || t("That did not work. Try again.");
      return false;
    } finally {
      this.busy = false;
    }
  }
}

const KEY = Symbol("templates");

export const provideTemplates = (desk: Desk): TemplateList => setContext(KEY, new TemplateList(desk));
export const useTemplates = (): TemplateList => getContext(KEY);
