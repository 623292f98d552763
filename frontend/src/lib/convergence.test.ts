/** Frames that a real server sent, through the reducer that is shipped, held against fresh snapshots command by command.
 *
 *  tests/live/test_recording.py plays an evening that holds every kind of log line, records what phone, stage and console
 *  received, and runs this file with RECORDING naming the result. */
import { existsSync, readFileSync } from "node:fs";

import { describe, expect, it } from "vitest";

import { settle, settleOwn } from "./settled.fixture";
import { applyOwn, applyShared } from "./state";
import type { OwnEvent, PersonDoc, SharedEvent, SnapshotDoc } from "./wire.gen";

type Role = "phone" | "stage" | "console";

interface Known {
  seq: number;
  snapshot: SnapshotDoc;
  you: unknown;
}

interface Heard extends Known {
  frames: ({ from: number; to: number; events: SharedEvent[] } | { you: OwnEvent[]; to: number })[];
}

interface Back {
  seq: number;
  events: SharedEvent[] | null;
  you: unknown;
}

interface Recording {
  first: Record<Role, Known>;
  steps: { name: string; audiences: Record<Role, Heard> }[];
  resumed: { name: string; audiences: Record<Role, Back> }[];
}

const file = process.env["RECORDING"] ?? "";
const recording: Recording | null = existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as Recording) : null;

const text = (thing: unknown): string => JSON.stringify(sorted(thing));

/** The same with its keys in order. */
function sorted(thing: unknown): unknown {
  if (Array.isArray(thing)) return thing.map(sorted);
  if (typeof thing !== "object" || thing === null) return thing;
  return Object.fromEntries(
    Object.entries(thing)
      .sort(([one], [two]) => (one < two ? -1 : 1))
      .map(([key, value]) => [key, sorted(value)]),
  );
}

const shared = (heard: Heard): SharedEvent[] =>
  heard.frames.flatMap((frame) => ("events" in frame ? frame.events : []));
const own = (heard: Heard): OwnEvent[] => heard.frames.flatMap((frame) => ("events" in frame ? [] : frame.you));

/** What an event is about: a later one about the same makes up for it. */
function subject(event: SharedEvent | OwnEvent): string {
  const about = event as unknown as Record<string, { id?: string; round?: string; item?: string } | string | undefined>;
  const names = ["step", "card", "round", "item", "participant", "sector", "session", "result", "vote"].map((name) => {
    const thing = about[name];
    return typeof thing === "string" ? thing : (thing?.id ?? `${thing?.round ?? ""}${thing?.item ?? ""}`);
  });
  return `${event.type.split(".")[0] ?? ""} ${names.join(" ")}`;
}

describe.skipIf(!recording)("recorded frames", () => {
  const { first, steps, resumed } = recording ?? ({ first: {}, steps: [], resumed: [] } as unknown as Recording);

  describe.each(["phone", "stage", "console"] as const)("%s", (role) => {
    const walk = (visit: (name: string, before: Known, heard: Heard) => void): void => {
      let before = first[role];
      for (const { name, audiences } of steps) {
        visit(name, before, audiences[role]);
        before = audiences[role];
      }
    };

    it("lead to a fresh snapshot after every command, without a gap", () => {
      let { seq } = first[role];
      walk((name, before, heard) => {
        for (const frame of heard.frames) {
          if (!("events" in frame)) continue;
          expect(frame.from, name).toBeLessThanOrEqual(seq + 1);
          seq = Math.max(seq, frame.to);
        }
        expect(seq, name).toBeLessThanOrEqual(heard.seq);
        const after = shared(heard).reduce(applyShared, before.snapshot);
        expect(settle(after), name).toEqual(settle(heard.snapshot));
      });
    });

    it("say nothing that could be left out", () => {
      const seen = new Set<string>();
      const types = new Set<string>();
      walk((name, before, heard) => {
        const events = shared(heard);
        const wanted = text(settle(heard.snapshot));
        events.forEach((event, index) => {
          // A phone that looked back keeps more than its snapshot: it has to hear of what it may not show any more.
          if (role === "phone" && ["step.gone", "round.gone"].includes(event.type)) return;
          types.add(event.type);
          const others = events.filter((_, place) => place !== index);
          if (text(settle(others.reduce(applyShared, before.snapshot))) !== wanted) {
            seen.add(event.type);
            return;
          }
          const until = events.slice(0, index).reduce(applyShared, before.snapshot);
          const changes = text(settle(applyShared(until, event))) !== text(settle(until));
          const again = events.slice(index + 1).some((later) => subject(later) === subject(event));
          expect(changes && !again, `${name}: nobody misses ${event.type}`).toBe(false);
        });
      });
      expect([...seen].sort()).toEqual([...types].sort());
    });

    it("lead to the same from wherever somebody comes back", () => {
      const last = steps.at(-1)?.audiences[role];
      resumed.forEach(({ name, audiences }, index) => {
        const known = steps[index]?.audiences[role];
        const back = audiences[role];
        expect(back.events, name).not.toBeNull();
        if (!known || !back.events || !last) return;
        expect(
          back.events.every(({ seq }) => seq > known.seq),
          name,
        ).toBe(true);
        expect(settle(back.events.reduce(applyShared, known.snapshot)), `${name}, and back`).toEqual(
          settle(last.snapshot),
        );
        expect(back.you, name).toEqual(last.you);
      });
    });
  });

  it("tell a person what is theirs", () => {
    let before = first.phone;
    for (const { name, audiences } of steps) {
      const heard = audiences.phone;
      const after = own(heard).reduce(applyOwn, before.you as PersonDoc);
      expect(settleOwn(after), name).toEqual(settleOwn(heard.you));
      own(heard).forEach((event, index) => {
        const others = own(heard).filter((_, place) => place !== index);
        const without = settleOwn(others.reduce(applyOwn, before.you as PersonDoc));
        const again = others.slice(index).some((later) => subject(later) === subject(event));
        const changes = text(settleOwn(applyOwn(before.you as PersonDoc, event))) !== text(settleOwn(before.you));
        if (changes && !again) expect(text(without), `${name}: ${event.type}`).not.toBe(text(settleOwn(heard.you)));
      });
      before = heard;
    }
  });
});
