// @vitest-environment happy-dom
import "../lib/page.fixture";

/** What can be hidden of a vote that has begun, and shown again. */
import { flushSync, tick } from "svelte";
import { afterEach, beforeEach, expect, test } from "vitest";

import { anItem, aRound, aStep } from "../lib/fixtures";
import { setLanguage } from "../messages";
import { show, Server } from "./console.fixture";
import Items from "./Items.svelte";

const vote = aStep("choose", { kind: "vote", round: "r1", state: "open" });
const own = { card: null, source: "statement", whose: "team", pillar: null, aspect: null } as const;
const named = anItem("n", { ...own, text: "Ask Mrs Jansen", words: { nl: "", en: "Ask Mrs Jansen" }, rank: 1 });
const gone = anItem("g", { ...own, text: "", words: null, hidden: true, reason: "rude", rank: 2 });
const card = anItem("c", { card: "k", text: "A bridge", rank: 3 });

let leave = (): void => undefined;
let server: Server;

beforeEach(() => {
  setLanguage("en");
  HTMLDialogElement.prototype.showModal ??= function (this: HTMLDialogElement) {
    this.open = true;
  };
  server = new Server();
  server.tell({ steps: [vote], rounds: [aRound("r1", { step: "choose", open: true, items: [named, gone, card] })] });
  leave = show(Items, server, { step: vote, onclose: () => undefined });
});
afterEach(() => {
  leave();
  document.body.replaceChildren();
});

async function press(name: string): Promise<void> {
  const button = [...document.querySelectorAll("button")].find((found) => found.textContent.trim().startsWith(name));
  (button as HTMLButtonElement).click();
  flushSync();
  await tick();
}

const rows = (): string[] => [...document.querySelectorAll("li")].map((row) => row.textContent.replace(/\s+/g, " "));

test("own words are hidden for a reason, and shown again; a card is hidden where the cards are", async () => {
  expect(rows()[0]).toContain("Ask Mrs Jansen");
  expect(rows()[1]).toContain("hidden: rude");
  expect(rows()[2]).toContain("a card of this session");
  expect(rows()[2]).not.toContain("Hide…");
  await press("Hide…");
  expect(document.body.textContent).toContain("The room reads the reason.");
  await press("A name");
  await press("Show again");
  expect(server.asked).toEqual([
    { command: "item.redact", content: { item: "n", reason: "name" } },
    { command: "item.restore", content: { item: "g" } },
  ]);
});
