// @vitest-environment happy-dom
import "../../lib/page.fixture";

import { flushSync, mount, tick, unmount } from "svelte";
import { beforeEach, describe, expect, it, vi } from "vitest";

import { all, button, items, onPhone, page, roundOf, stepOf, TEXTS } from "../../ballots/vote.fixture";
import { Server, show } from "../../console/console.fixture";
import { roundToFill } from "../../console/rounds";
import { voteTargets } from "../../console/cards";
import StepForm from "../../console/StepForm.svelte";
import { anItem, aSnapshot } from "../../lib/fixtures";
import { useWire } from "../../lib/wire.fixture";
import { DEFAULT_RULES, DEFAULT_SETTINGS, type QuestionSettings, type SnapshotDoc } from "../../lib/wire.gen";
import { addMessages, setLanguage } from "../../messages";
import consoleWords from "../../messages/console.nl.json";
import phoneWords from "../../messages/phone.nl.json";
import stageWords from "../../messages/stage.nl.json";
import { sceneOf } from "../../projection/scene";
import Scene from "../../stage/Scene.svelte";

for (const words of [phoneWords, stageWords, consoleWords]) addMessages("nl", words);
vi.setConfig({ testTimeout: 30_000 });

let leave = (): void => undefined;

beforeEach(() => setLanguage("nl"));
useWire(() => {
  leave();
  leave = () => undefined;
});

const ASKED = "Wat vind je?";
const settingsOf = (mode: "choice" | "scale"): QuestionSettings => ({
  ...DEFAULT_SETTINGS.question,
  mode,
  rules: DEFAULT_RULES[mode],
});
const step = (mode: "choice" | "scale") =>
  stepOf(DEFAULT_RULES[mode], { kind: "question", settings: settingsOf(mode) });
const session = (mode: "choice" | "scale"): SnapshotDoc => {
  const asked = [anItem("q", { card: null, text: ASKED, source: "option", whose: "team" })];
  const options = items.map((item) => ({ ...item, card: null, source: "option", whose: "team" }) as const);
  const round = roundOf(DEFAULT_RULES[mode], { items: mode === "scale" ? asked : options });
  return aSnapshot({ steps: [step(mode)], rounds: [round] });
};

describe("a question of a choice", () => {
  it("has its options on the phone, without whose words they are", async () => {
    const shown = await onPhone(session("choice"), [], TEXTS.a);
    leave = shown.leave;
    expect(page()).toContain(ASKED);
    expect(page()).not.toContain("woorden van het team");
    all<HTMLInputElement>("input[type=radio]")[0]?.click();
    flushSync();
    expect(Object.values(shown.cast()[0] ?? {})).toEqual([1]);
  });

  it("gets no cards and no other items put to it", () => {
    const round = roundOf(DEFAULT_RULES.choice, { open: false });
    const asked = { ...step("choice"), state: "planned" as const };
    const doc = aSnapshot({ steps: [asked], rounds: [round] });
    expect(roundToFill(doc, asked)).toBeNull();
    expect(voteTargets(doc, [asked])).toEqual([]);
  });

  it("is set with its options in the form of the step", async () => {
    const server = new Server();
    leave = show(StepForm, server, {
      step: null,
      after: null,
      suggest: { kind: "question" },
      onclose: () => undefined,
    });
    const fill = (name: string, value: string): void => {
      const field = all<HTMLInputElement>("input, textarea").find((one) => {
        const label = one.closest("label")?.textContent?.replace(/\s+/g, " ").trim();
        return label === name && one.closest("fieldset, .option") !== null;
      });
      if (!field) throw new Error(`no field ${name}`);
      field.value = value;
      field.dispatchEvent(new Event("input", { bubbles: true }));
      flushSync();
    };
    fill("Nederlands", "Waar eerst?");
    all<HTMLInputElement>('input[value="choice"]')[0]?.click();
    flushSync();
    fill("Mogelijkheid 1, Nederlands", " Fietspad ");
    button("Voeg deze stap toe").click();
    flushSync();
    expect(page()).toContain("Geef minstens 2 mogelijkheden.");
    expect(server.asked).toEqual([]);
    fill("Mogelijkheid 2, Engels", "Night bus");
    button("Nog een mogelijkheid").click();
    flushSync();
    button("Voeg deze stap toe").click();
    flushSync();
    expect(server.asked[0]?.content).toMatchObject({
      kind: "question",
      settings: {
        mode: "choice",
        options: [
          { nl: "Fietspad", en: "" },
          { nl: "", en: "Night bus" },
        ],
        rules: DEFAULT_RULES.choice,
        practice: false,
        live: false,
      },
    });
    expect(server.asked[0]?.content).not.toHaveProperty("settings.most");
  });

  it("has its options put in another order, and the focus goes along", async () => {
    const options = ["Fietspad", "Nachtbus", "Deelauto"].map((nl) => ({ nl, en: "" }));
    const suggest = { kind: "question", mode: "choice", options } as const;
    leave = show(StepForm, new Server(), { step: null, after: null, suggest, onclose: () => undefined });
    flushSync();
    const order = (): string[] => all<HTMLInputElement>('.option input[lang="nl"]').map(({ value }) => value);
    expect(order()).toEqual(["Fietspad", "Nachtbus", "Deelauto"]);
    const up = button("Omhoog: Deelauto");
    up.click();
    await tick();
    await tick();
    expect(order()).toEqual(["Fietspad", "Deelauto", "Nachtbus"]);
    expect(document.activeElement).toBe(up);
    up.click();
    await tick();
    expect(order()).toEqual(["Deelauto", "Fietspad", "Nachtbus"]);
    expect(up.getAttribute("aria-disabled")).toBe("true");
    up.click();
    button("Omlaag: Fietspad").click();
    await tick();
    expect(order()).toEqual(["Deelauto", "Nachtbus", "Fietspad"]);
  });
});

describe("a question of a scale", () => {
  it("stands on the phone once, over its numbers", async () => {
    const shown = await onPhone(session("scale"), [], "Kies een getal");
    leave = shown.leave;
    expect(page().split(ASKED)).toHaveLength(2);
    shown.press("7");
    expect(shown.cast().at(-1)).toEqual({ q: 7 });
  });

  it("stands large on the projector while it is asked", () => {
    const snapshot = session("scale");
    const start = {
      code: "KP73MX",
      session: "session",
      lang: "nl" as const,
      programme: { name: "Kennispark" },
      join_url: "",
      host: "",
      qr: null,
      signin: "",
    };
    const live = { subscribe: () => () => undefined, now: () => 1_000, turn: () => undefined };
    const props = { scene: sceneOf(snapshot), snapshot, start, live };
    const mounted = mount(Scene, { target: document.body, props });
    flushSync();
    leave = () => void unmount(mounted);
    expect(document.querySelector("h1")?.textContent?.replace(/\u00a0/g, " ")).toBe(ASKED);
  });
});
