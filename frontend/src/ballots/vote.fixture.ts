/** A vote of any ballot on a phone, for the tests of its screens. */
import { flushSync, mount, unmount } from "svelte";
import { vi } from "vitest";

import { anItem, aPerson, aRound, aSnapshot, aStep } from "../lib/fixtures";
import { SessionClient } from "../lib/session-client";
import { MemoryStore } from "../lib/store";
import { Wire } from "../lib/wire.fixture";
import type { AnyRules, ItemDoc, OwnVoteDoc, RoundDoc, SnapshotDoc, StepDoc } from "../lib/wire.gen";
import Now from "../phone/Now.svelte";
import { Phone } from "../phone/phone.svelte";

export const TEXTS = { a: "Zon op het dak", b: "Een plein om te blijven", c: "Eén loket", d: "Licht op het fietspad" };
export const items: ItemDoc[] = Object.entries(TEXTS).map(([id, text], rank) => anItem(id, { text, rank }));

export const roundOf = (rules: AnyRules, more: Partial<RoundDoc> = {}): RoundDoc =>
  aRound("r", { ballot: rules.ballot, rules, items, ...more });

export const stepOf = (rules: AnyRules, more: Partial<StepDoc> = {}): StepDoc =>
  aStep("one", {
    kind: "vote",
    round: "r",
    prompt: { nl: "Wat vind je?", en: "What do you think?" },
    settings: { live: false, rules },
    ...more,
  });

export const sessionOf = (
  rules: AnyRules,
  more: Partial<SnapshotDoc> = {},
  round: Partial<RoundDoc> = {},
): SnapshotDoc => aSnapshot({ steps: [stepOf(rules)], rounds: [roundOf(rules, round)], ...more });

export const markOf = (item: string, value: OwnVoteDoc["value"], tap = 1): OwnVoteDoc => ({
  round: "r",
  item,
  value,
  tap,
});

export const page = (): string => (document.body.textContent ?? "").replace(/\s+/g, " ");

export const all = <Kind extends Element>(selector: string): Kind[] => [...document.querySelectorAll<Kind>(selector)];

/** A button by its name, as it is read aloud. */
export function button(name: string): HTMLButtonElement {
  const found = all<HTMLButtonElement>("button").find(
    (one) => (one.getAttribute("aria-label") ?? one.textContent)?.replace(/\s+/g, " ").trim() === name,
  );
  if (!found) throw new Error(`no button "${name}"`);
  return found;
}

export interface Shown {
  readonly phone: Phone;
  /** What was cast: of each command item → value. */
  readonly cast: () => Record<string, unknown>[];
  readonly press: (name: string) => void;
  readonly leave: () => void;
}

/** A phone in that session, once its chunk is there and `words` stand on it. */
export async function onPhone(snapshot: SnapshotDoc, votes: readonly OwnVoteDoc[], words: string): Promise<Shown> {
  const live = new SessionClient({ code: "KP73MX", as: "phone", lang: "nl", store: new MemoryStore() });
  const phone = new Phone(live, { code: "KP73MX", join: "", receipt: null, person: null, watch: null });
  live.start();
  Wire.last.open().welcome({ you: aPerson({ votes: [...votes] }), snapshot });
  const mounted = mount(Now, { target: document.body, props: { phone } });
  await vi.waitFor(() => {
    if (!page().includes(words)) throw new Error(page());
  }, 20_000);
  flushSync();
  return {
    phone,
    cast: () =>
      Wire.all
        .flatMap((wire) => wire.of("vote.cast"))
        .map(({ with: content }) => {
          const marks = (content["marks"] ?? []) as { item: string; value: unknown }[];
          const first = { item: content["item"] as string, value: content["value"] };
          return Object.fromEntries([first, ...marks].map(({ item, value }) => [item, value]));
        }),
    press: (name) => {
      button(name).click();
      flushSync();
    },
    leave: () => {
      live.stop();
      void unmount(mounted);
      document.body.replaceChildren();
    },
  };
}
