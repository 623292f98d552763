// @vitest-environment happy-dom
import "../lib/page.fixture";

/** The form of what is voted on: what is sent, what stays in the field, what is told. */
import { flushSync, tick } from "svelte";
import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { anItem, aRound, aStep, someFigures, aResult } from "../lib/fixtures";
import { setLanguage } from "../messages";
import { show, Server } from "./console.fixture";
import Items from "./Items.svelte";

const own = { card: null, source: "statement", whose: "team", pillar: null, aspect: null } as const;
const words = (nl: string) => ({ text: nl, words: { nl, en: "" } });
const vote = aStep("choose", { kind: "vote", round: "r1", state: "planned", opened_at: null });
const before = aStep("first", { kind: "vote", round: "r0", state: "closed", position: 0 });
const prepared = (items: ReturnType<typeof anItem>[]) =>
  aRound("r1", { step: "choose", open: false, rules: null, items });
const shown = aRound("r0", {
  step: "first",
  open: false,
  closed: true,
  revealed: true,
  items: [anItem("x", { ...own, ...words("eerste") }), anItem("y", { ...own, ...words("tweede") })],
});
const session = (items: ReturnType<typeof anItem>[]) => ({
  steps: [before, vote],
  rounds: [shown, prepared(items)],
  results: [aResult("r0", { items: [someFigures("x", { place: 2 }), someFigures("y", { place: 1 })] })],
});

let leave = (): void => undefined;
let server: Server;

beforeEach(() => {
  setLanguage("en");
  localStorage.clear();
  HTMLDialogElement.prototype.showModal ??= function (this: HTMLDialogElement) {
    this.open = true;
  };
  vi.stubGlobal("fetch", () => Promise.resolve(new Response(JSON.stringify({ rounds: [] }))));
  server = new Server();
});
afterEach(() => {
  leave();
  document.body.replaceChildren();
  vi.unstubAllGlobals();
});

function open(items: ReturnType<typeof anItem>[] = []): void {
  server.tell(session(items));
  leave = show(Items, server, { step: vote, onclose: () => undefined });
}

const field = (): HTMLTextAreaElement => document.querySelector("textarea") as HTMLTextAreaElement;

function type(text: string): void {
  field().value = text;
  field().dispatchEvent(new Event("input", { bubbles: true }));
  flushSync();
}

const button = (name: string): HTMLButtonElement => {
  const found = [...document.querySelectorAll("button")].find(
    (each) => each.getAttribute("aria-label") === name || each.textContent?.trim() === name,
  );
  if (!found) throw new Error(`no button ${name}`);
  return found;
};

async function press(name: string): Promise<void> {
  button(name).click();
  for (let turn = 0; turn < 6; turn++) await tick();
  flushSync();
}

test("what is typed is sent, and leaves the field once the server has it", async () => {
  open();
  type("Cycle path; 25000\nSquare");
  await press("Add 2 items");
  expect(server.asked).toEqual([
    {
      command: "item.add",
      content: { round: "r1", items: [{ text_en: "Cycle path", price: 25_000 }, { text_en: "Square" }], whose: "team" },
    },
  ]);
  expect(field().value).toBe("");
});

test("what is refused stays in the field, and in this browser", async () => {
  open();
  server.refuses = { code: "item.limit", message: "At most 300 items go into one vote.", retry: false, fields: {} };
  type("Cycle path");
  await press("Add 1 item");
  expect(field().value).toBe("Cycle path");
  expect(document.body.textContent).toContain("At most 300 items go into one vote.");
  leave();
  open();
  expect(field().value).toBe("Cycle path");
});

test("a line that cannot go is told by its number, and nothing is sent", async () => {
  open();
  type("Cycle path\nBridge; 12,50");
  await press("Add 2 items");
  expect(server.asked).toEqual([]);
  expect(document.querySelector("[role=alert]")?.textContent).toContain("Line 2: A price is in whole euros");
});

test("an item goes up and down by what it stands behind then", async () => {
  const items = ["a", "b", "c"].map((id, rank) => anItem(id, { ...own, ...words(id), rank }));
  open(items);
  await press("Up: c");
  await press("Up: b");
  await press("Down: a");
  await press("Take out: b");
  expect(server.asked.map(({ content }) => content)).toEqual([
    { round: "r1", item: "c", after: "a" },
    { round: "r1", item: "b", after: null },
    { round: "r1", item: "a", after: "b" },
    { round: "r1", items: ["b"] },
  ]);
  expect(button("Up: a").getAttribute("aria-disabled")).toBe("true");
  expect(button("Down: c").getAttribute("aria-disabled")).toBe("true");
});

test("of a card only the price is asked; of own words what was changed is sent", async () => {
  open([anItem("a"), anItem("b", { ...own, ...words("Fietspad"), rank: 2 })]);
  await press("Change: a");
  expect(document.querySelectorAll("li textarea")).toHaveLength(0);
  await press("Change: Fietspad");
  const [nl, en] = document.querySelectorAll<HTMLTextAreaElement>("li textarea");
  expect(nl?.value).toBe("Fietspad");
  if (!en) throw new Error("no field for English");
  en.value = "Cycle path";
  en.dispatchEvent(new Event("input", { bubbles: true }));
  flushSync();
  await press("Store changes");
  expect(server.asked).toEqual([{ command: "item.edit", content: { round: "r1", item: "b", text_en: "Cycle path" } }]);
});

test("the best that were published are carried, in the order of their places", async () => {
  open();
  await press("From an earlier vote");
  const select = document.querySelector("select") as HTMLSelectElement;
  select.value = "r0";
  select.dispatchEvent(new Event("change", { bubbles: true }));
  flushSync();
  await press("All");
  await press("Carry 2 items along");
  expect(server.asked.at(-1)?.content).toEqual({ round: "r1", of: "r0", items: ["y", "x"] });
});

test("once voting has begun there is nothing to change", () => {
  open();
  server.tell({ ...session([]), rounds: [{ ...prepared([]), open: true }] });
  expect(document.body.textContent).toContain("Voting has begun, so this vote stays as it is.");
});
