import { describe, expect, it } from "vitest";

import type { SnapshotDoc, StepDoc } from "../lib/wire.gen";
import { sceneOf } from "./scene";

const step = (fields: Partial<StepDoc>): StepDoc =>
  ({
    id: "s",
    kind: "collect",
    state: "open",
    settings: { silent: true, live: false },
    revealed: false,
    subject: null,
    round: null,
    ...fields,
  }) as StepDoc;
const card = { id: "c", step: "s", hidden: false };
const snapshot = (fields: object, ...steps: StepDoc[]): SnapshotDoc =>
  ({ session: { now: "s" }, steps, cards: [], rounds: [], results: [], ...fields }) as unknown as SnapshotDoc;
const kind = (fields: object, ...steps: StepDoc[]): string => sceneOf(snapshot(fields, ...steps)).kind;
const vote = { rounds: [{ id: "r", step: "s", items: [] }] };
const counted = { ...vote, results: [{ round: "r", n: 9 }] };

describe("sceneOf", () => {
  it("is the lobby until a step is on", () => {
    expect(kind({ session: { now: null } })).toBe("lobby");
    expect(kind({})).toBe("lobby");
  });
  it.each([
    ["prompt", {}, step({ kind: "welcome" })],
    ["between", {}, step({ kind: "welcome", state: "closed" })],
    ["recess", {}, step({ kind: "break" })],
    ["farewell", {}, step({ kind: "close" })],
    ["farewell", {}, step({ kind: "close", state: "closed" })],
    ["writing", { cards: [card] }, step({})],
    ["writing", {}, step({ settings: { silent: false } })],
    ["wall", { cards: [card] }, step({ settings: { silent: false } })],
    ["writing", { cards: [{ ...card, hidden: true }] }, step({ settings: { silent: false } })],
    ["between", { cards: [card] }, step({ state: "closed" })],
    ["wall", {}, step({ state: "closed", revealed: true })],
    ["voting", vote, step({ kind: "vote", round: "r" })],
    ["tally", vote, step({ kind: "vote", settings: { live: true }, round: "r" })],
    ["between", counted, step({ kind: "vote", state: "closed" })],
    ["result", counted, step({ kind: "vote", state: "closed", revealed: true, round: "r" })],
    ["between", vote, step({ kind: "vote", state: "closed", revealed: true, round: "r" })],
  ] as const)("is %s", (expected, fields, now) => {
    expect(kind(fields, now)).toBe(expected);
  });
  it("shows what a reveal step is about, and goes on showing it when that step closes", () => {
    const subject = step({ id: "v", kind: "vote", state: "closed", revealed: true, round: "r" });
    const about = { rounds: [{ id: "r", step: "v", items: [] }], results: [{ round: "r" }] };
    expect(kind(about, step({ kind: "reveal", subject: "v" }), subject)).toBe("result");
    expect(kind(about, step({ kind: "reveal", subject: "v", state: "closed" }), subject)).toBe("result");
  });
  it("asks what a reveal step asks, as long as there is nothing to show", () => {
    const subject = step({ id: "v", kind: "vote", state: "closed", round: "r" });
    const about = { rounds: [{ id: "r", step: "v", items: [] }] };
    expect(kind(about, step({ kind: "reveal", subject: "v" }), subject)).toBe("prompt");
    const closed = sceneOf(snapshot(about, step({ kind: "reveal", subject: "v", state: "closed" }), subject));
    expect(closed.kind === "between" && closed.step.id).toBe("v");
  });
  it("ends with the step that was last, also when that was about another one", () => {
    const subject = step({ id: "v", kind: "vote", state: "closed", round: "r" });
    const over = { rounds: [{ id: "r", step: "v", items: [] }], session: { now: "s", over: true } };
    const scene = sceneOf(snapshot(over, step({ kind: "reveal", subject: "v", state: "closed" }), subject));
    expect(scene.kind === "over" && scene.step.id).toBe("s");
  });
  it("is over when the last step was closed and shows nothing of its own", () => {
    expect(kind({ session: { now: "s", over: true } }, step({ kind: "welcome", state: "closed" }))).toBe("over");
    const subject = {
      rounds: [{ id: "r", step: "s", items: [] }],
      results: [{ round: "r" }],
      session: { now: "s", over: true },
    };
    expect(kind(subject, step({ kind: "vote", state: "closed", revealed: true, round: "r" }))).toBe("result");
  });
  it("shows the round that the step names, whatever others there are", () => {
    const rounds = [
      { id: "r2", step: "s", number: 2 },
      { id: "r1", step: "s", number: 1, closed: true },
    ];
    const scene = sceneOf(snapshot({ rounds }, step({ kind: "vote", settings: { live: true }, round: "r1" })));
    expect(scene.kind === "tally" && scene.round.id).toBe("r1");
    expect(kind({ rounds }, step({ kind: "vote", settings: { live: true } }))).toBe("voting");
    const prepared = sceneOf(snapshot({ rounds }, step({ kind: "vote", settings: { live: true }, round: "r2" })));
    expect(prepared.kind === "tally" && prepared.round.id).toBe("r1");
  });
});
