// @vitest-environment happy-dom
import "../lib/page.fixture";

import { flushSync, mount, unmount } from "svelte";
import { beforeEach, describe, expect, it, vi } from "vitest";

import { Server, show } from "../console/console.fixture";
import StepForm from "../console/StepForm.svelte";
import { aPerson } from "../lib/fixtures";
import { SessionClient } from "../lib/session-client";
import { MemoryStore } from "../lib/store";
import { useWire, Wire } from "../lib/wire.fixture";
import type { StepKind } from "../lib/wire.gen";
import { addMessages, setLanguage, t, tn } from "../messages";
import consoleWords from "../messages/console.nl.json";
import phoneWords from "../messages/phone.nl.json";
import stageWords from "../messages/stage.nl.json";
import Now from "../phone/Now.svelte";
import { Phone } from "../phone/phone.svelte";
import { sceneOf } from "../projection/scene";
import Scene from "../stage/Scene.svelte";
import { hiddenLine } from "../parts/reasons";
import { EXAMPLES, HIDDEN } from "./examples.fixture";

for (const words of [phoneWords, stageWords, consoleWords]) addMessages("nl", words);

/** What each kind says of its own on each screen. */
const WORDS: Readonly<Record<StepKind, Readonly<Record<"phone" | "stage" | "console", () => string>>>> = {
  welcome: {
    phone: () => t("Your cards and votes"),
    stage: () => t("Welcome! Scan the code and choose your O."),
    console: () => t("Welcome"),
  },
  break: {
    phone: () => t("Back at {time}", { time: "17:40" }),
    stage: () => t("back at"),
    console: () => t("Break"),
  },
  collect: {
    phone: () => t("Save card"),
    stage: () => t("In silence, each on your own"),
    console: () => t("Cards per person, at most"),
  },
  vote: {
    phone: () => tn("{left} of {n} dot left", "{left} of {n} dots left", 3, { left: 3 }),
    stage: () => tn("Place {n} dot", "Place {n} dots", 3),
    console: () => t("Dots on one card, at most"),
  },
  question: {
    phone: () => t("Save answer {n} of {all}", { n: 1, all: 3 }),
    stage: () => t("Welcome! Scan the code and choose your O."),
    console: () => t("Answers per person, at most"),
  },
  reveal: {
    phone: () => t("The cards of everyone are on the big screen now. These are yours."),
    stage: () => hiddenLine(HIDDEN),
    console: () => t("Reveals"),
  },
  close: {
    phone: () => t("What happens next"),
    stage: () => t("What happens next"),
    console: () => t("Your thanks, on phones and projector"),
  },
};

const KINDS = Object.keys(EXAMPLES) as StepKind[];
const page = (): string => document.body.textContent ?? "";
let leave: () => void;

useWire(() => leave());

describe.each(["nl", "en"] as const)("in %s", (language) => {
  beforeEach(() => setLanguage(language));

  it.each(KINDS)("%s says on the phone what it asks", async (kind) => {
    const client = new SessionClient({ code: "KP73MX", as: "phone", lang: language, store: new MemoryStore() });
    const phone = new Phone(client, { code: "KP73MX", join: "", receipt: null, person: null, watch: null });
    client.start();
    Wire.last.open().welcome({ you: aPerson(), snapshot: EXAMPLES[kind].snapshot });
    const mounted = mount(Now, { target: document.body, props: { phone } });
    leave = () => {
      client.stop();
      void unmount(mounted);
    };
    await vi.waitFor(() => expect(page()).toContain(WORDS[kind].phone()), 10_000);
    expect(page()).toContain(EXAMPLES[kind].step.prompt[language]);
  });

  it.each(KINDS)("%s says on the stage what it asks", (kind) => {
    const { snapshot, step } = EXAMPLES[kind];
    const start = {
      code: "KP73MX",
      session: "session",
      lang: language,
      programme: { name: "Kennispark" },
      join_url: "",
      host: "",
      qr: null,
      signin: "",
    };
    const client = { subscribe: () => () => undefined, now: () => 1_000, turn: () => undefined };
    const mounted = mount(Scene, {
      target: document.body,
      props: { scene: sceneOf(snapshot), snapshot, start, live: client },
    });
    flushSync();
    leave = () => void unmount(mounted);
    expect(page()).toContain(WORDS[kind].stage());
    expect(page().replace(/\u00a0/g, " ")).toContain(step.prompt[language]);
  });

  it.each(KINDS)("%s can be set on the console", (kind) => {
    const { snapshot, step } = EXAMPLES[kind];
    const server = new Server();
    server.tell(snapshot);
    leave = show(StepForm, server, { step, after: null, onclose: () => undefined });
    expect(page()).toContain(WORDS[kind].console());
    expect(page()).toContain(t("Minutes, 0 for no clock"));
  });
});
