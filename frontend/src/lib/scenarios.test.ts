/** What screens were sent in random scenarios, through the client that is shipped, held against what the server shows in the end.
 *
 *  tests/protocol plays the scenarios, with lines that break, turns that fail and processes that are killed; it writes down
 *  what each screen heard and runs this file with SCENARIOS naming the result. */
import { existsSync, readFileSync } from "node:fs";

import { afterEach, beforeEach, describe, expect, it } from "vitest";

import type { EntryOf } from "./entry";
import { SessionClient, type ClientView } from "./session-client";
import { settle, settleNow, settleOwn } from "./settled.fixture";
import { MemoryStore } from "./store";
import { stubBrowser, unstubBrowser, Wire } from "./wire.fixture";
import type { Audience, NowDoc, SnapshotDoc, Welcome } from "./wire.gen";

type Vote = EntryOf<"vote.cast">["with"];

/** What happened to a screen, in order. `old`: it came back knowing less than it had known, as after a long sleep. */
type Happened =
  | { is: "load" }
  | { is: "open"; old: boolean }
  | { is: "hello"; said: object }
  | { is: "welcome"; ok: Welcome }
  | { is: "frame"; text: string }
  | { is: "stored"; vote: Vote; seq: number };

interface Taped {
  audience: Audience;
  tape: Happened[];
  shown: { epoch: string; seq: number; snapshot: SnapshotDoc; you: unknown; now: NowDoc };
}

interface Scenario {
  name: string;
  screens: Taped[];
}

const file = process.env["SCENARIOS"] ?? "";
const scenarios = existsSync(file)
  ? readFileSync(file, "utf8")
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as Scenario)
  : [];

/** A page that lives through what a screen lived through. */
class Page {
  view!: ClientView;
  #client!: SessionClient;
  #wire!: Wire;
  /** Hellos of this connection that were answered. */
  #answered = 0;
  /** The screen on the tape knows less than this page, until it is welcomed. */
  #isOld = false;

  constructor(readonly audience: Audience) {
    this.#load();
  }

  live(through: Happened): void {
    switch (through.is) {
      case "load":
        this.stop();
        this.#load();
        this.#isOld = false;
        break;
      case "open":
        this.#open();
        this.#isOld ||= through.old;
        break;
      case "hello":
        // The shipped client says hello again after a gap only; at other moments it comes back on another line.
        if (this.#wire.of("hello").length === this.#answered) this.#open();
        if (!this.#isOld) expect(this.hello()).toEqual(through.said);
        break;
      case "welcome":
        this.#wire.say({ re: this.#wire.of("hello").at(-1)?.id, ok: through.ok });
        this.#answered = this.#wire.of("hello").length;
        this.#isOld = false;
        break;
      case "frame":
        this.#wire.hear(through.text);
        break;
      case "stored": {
        const entry = { do: "vote.cast", with: through.vote } as EntryOf<"vote.cast">;
        this.#client.outbox.hooks.acknowledged(entry, { seq: through.seq, id: null });
        this.#client.outbox.hooks.changed();
      }
    }
  }

  /** What it says when it comes back: where it stands in the log. */
  comeBack(): object | undefined {
    this.#open();
    return this.hello();
  }

  hello(): object | undefined {
    return this.#wire.of("hello").at(-1)?.with;
  }

  stop(): void {
    this.#client.stop();
  }

  #load(): void {
    this.#client = new SessionClient({
      code: "KP73MX",
      as: this.audience,
      lang: "en",
      store: new MemoryStore(),
      url: "ws://room/",
    });
    this.#client.subscribe((view) => (this.view = view));
    this.#client.start();
    this.#wire = Wire.last;
  }

  #open(): void {
    if (this.#wire.readyState !== 0) this.#client.retry();
    this.#wire = Wire.last.open();
    this.#answered = 0;
  }
}

describe.skipIf(scenarios.length === 0)("scenarios", { timeout: 240_000 }, () => {
  beforeEach(() => stubBrowser(new EventTarget()));
  afterEach(unstubBrowser);

  it.each(scenarios)("$name: the shipped client shows what the server does", ({ screens }) => {
    expect(screens.length).toBeGreaterThan(0);
    screens.forEach(({ audience, tape, shown }, number) => {
      const page = new Page(audience);
      const who = `${audience}, screen ${number}`;
      tape.forEach((happened) => page.live(happened));
      const { snapshot, you } = page.view;
      if (!snapshot) throw new Error(`${who} shows nothing`);
      expect(settle(snapshot), who).toEqual(settle(shown.snapshot));
      expect(settleNow(snapshot.now), who).toEqual(settleNow(shown.now));
      if (audience === "phone") expect(settleOwn(you), who).toEqual(settleOwn(shown.you));
      else expect(you, who).toEqual(shown.you);
      expect(page.comeBack(), who).toMatchObject({ epoch: shown.epoch, seq: shown.seq });
      page.stop();
    });
  });
});
