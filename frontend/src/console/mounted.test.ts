// @vitest-environment happy-dom
import "../lib/page.fixture";

import { tick } from "svelte";
import { afterEach, beforeEach, expect, it, vi } from "vitest";

import { aCard, aRound, aSnapshot, aStep } from "../lib/fixtures";
import type { ClosingDoc, RoomDoc, SnapshotDoc } from "../lib/wire.gen";
import Board from "./Board.svelte";
import Closing from "./Closing.svelte";
import { Server, show } from "./console.fixture";
import Now from "./Now.svelte";

const session = { ...aSnapshot().session, now: "one" };
const at = (now: string): SnapshotDoc["session"] => ({ ...session, now });
let server: Server;
let leave: () => void = () => undefined;

beforeEach(() => (server = new Server()));
afterEach(() => {
  leave();
  vi.restoreAllMocks();
  expect(document.body.textContent).toBe("");
});

const page = (): string => document.body.textContent ?? "";
const button = (name: string): HTMLButtonElement => {
  const found = [...document.querySelectorAll("button")].find(({ textContent }) => textContent?.includes(name));
  if (!found) throw new Error(`no button ${name} in ${document.body.innerHTML}`);
  return found;
};

it("takes a refusal away with what it was about, and only then", async () => {
  const steps = [aStep("one"), aStep("two")];
  server.tell({ session, steps });
  server.refuses = { code: "step.not_open", message: "This step is not open.", retry: false, fields: {} };
  leave = show(Now, server);
  button("+1").click();
  await vi.waitFor(() => expect(page()).toContain("This step is not open."));
  server.tell({ session, steps, cards: [aCard("c")] });
  expect(page()).toContain("This step is not open.");
  server.tell({ session: at("two"), steps });
  expect(page()).not.toContain("This step is not open.");
});

it("begins what is in the middle at its top when another step is on, and leaves it alone otherwise", async () => {
  const steps = [aStep("one"), aStep("two")];
  server.tell({ session, steps });
  leave = show(Board, server);
  const feed = document.querySelector<HTMLElement>(".feed");
  if (!feed) throw new Error("no feed");
  feed.scrollTop = 400;
  server.tell({ session, steps, cards: [aCard("c")] });
  await tick();
  expect(feed.scrollTop).toBe(400);
  server.tell({ session: at("two"), steps });
  await tick();
  expect(feed.scrollTop).toBe(0);
});

it("hides the count of an old closing under a new round", () => {
  const closing: ClosingDoc = {
    step: "write",
    at: 100,
    until: 200,
    of: 9,
    confirmed: 7,
    sending: 0,
    silent: 2,
    whole: true,
  };
  const room = { people: {}, closing, open: null } as unknown as RoomDoc;
  const write = aStep("write", { state: "closed", opened_at: 10, closed_at: 100 });
  const shows = aStep("shows", { kind: "reveal", subject: "write", state: "closed", opened_at: 110, closed_at: 300 });
  const vote = aStep("vote", { kind: "vote", opened_at: 400, round: "r2" });
  const rounds = [aRound("r2", { step: "vote", number: 2 })];
  server.tell({ session: at("vote"), steps: [write, vote], rounds, now: { room } });
  leave = show(Closing, server);
  expect(page()).toContain("7 of 9 phones confirmed, 2 silent.");
  server.tell({ session: at("vote"), steps: [write, shows, vote], rounds, now: { room } });
  expect(page()).toBe("");
});
