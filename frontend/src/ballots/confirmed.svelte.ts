import { untrack } from "svelte";

import type { RoundDoc } from "../lib/wire.gen";
import { t } from "../messages";
import { announce } from "../parts/announcer.svelte";
import type { Phone } from "../phone/phone.svelte";
import type { Value } from "./ballot";

interface Given {
  readonly item: string;
  readonly value: Value;
  readonly words: string;
}

export const isSame = (one: Value | undefined, other: Value | undefined): boolean =>
  JSON.stringify(one ?? null) === JSON.stringify(other ?? null);

/** Says the last answer aloud once the server has it, or what it waits for: "stored" is not said before it is so. Made while
 *  a component is. */
export class Confirmed {
  #given = $state.raw<Given | null>(null);

  constructor(phone: () => Phone, round: () => RoundDoc) {
    $effect(() => {
      const given = this.#given;
      if (!given) return;
      const mark = phone().marksIn(round().id).get(given.item);
      // It was refused: the reason is said in its place.
      const isRefused = !isSame(mark?.value, given.value);
      const stored = mark?.stored ?? true;
      if (!isRefused && !stored && !phone().isWaiting) return;
      const state = stored ? t("stored") : phone().stateOfWaiting;
      untrack(() => {
        this.#given = null;
        if (!isRefused) announce(`${given.words}, ${state}`);
      });
    });
  }

  /** It was just given. */
  await(item: string, value: Value, words: string): void {
    this.#given = { item, value, words };
  }
}
