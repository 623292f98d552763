import { untrack } from "svelte";

import type { ConsoleCommands, Done } from "../lib/wire.gen";
import { t } from "../messages";
import type { Link } from "./desk.svelte";

const SLOW = 1_500;

/** A control's pending command: in flight, slow, or refused with the server's sentence. */
export class PendingCommand {
  busy = $state(false);
  slow = $state(false);
  refusal = $state<string | null>(null);
  readonly #link: Link;

  constructor(link: Link) {
    this.#link = link;
  }

  /** A refusal goes once what it was about has changed: beside the next thing it would be untrue. */
  forgetWith(about: () => unknown): void {
    $effect(() => {
      void about();
      untrack(() => (this.refusal = null));
    });
  }

  /** Null when it was refused, or while another one is under way. */
  async run<V extends keyof ConsoleCommands>(command: V, content: ConsoleCommands[V]): Promise<Done | null> {
    if (this.busy) return null;
    this.busy = true;
    this.refusal = null;
    const timer = setTimeout(() => (this.slow = true), SLOW);
    try {
      return await this.#link.ask(command, content);
    } catch (reason) {
      this.refusal = sentence(reason);
      return null;
    } finally {
      clearTimeout(timer);
      this.busy = false;
      this.slow = false;
    }
  }
}

function sentence(reason: unknown): string {
  const words = (reason as { message?: unknown } | null)?.message;
  return typeof words === "string" && words ? words : t("That did not work. Try again.");
}
