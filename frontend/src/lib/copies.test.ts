import { beforeEach, expect, it, vi } from "vitest";

import { OwnCopies } from "./copies";
import type { OutboxEntry } from "./entry";
import { aPerson, Drawer } from "./fixtures";
import type { OwnCard } from "./own";
import type { OwnCardDoc } from "./wire.gen";

const doc = (id: string, text: string, hidden = false): OwnCardDoc => ({
  id,
  step: "one",
  pillar: "p",
  aspect: "both",
  text,
  language: "nl",
  hidden,
  fixed: false,
  at: 0,
  reason: hidden ? "name" : null,
});
const shown = (id: string): OwnCard => ({ ...doc(id, "", true), name: id, stored: true });
const entry = (more: object): OutboxEntry => more as OutboxEntry;

beforeEach(() => {
  vi.stubGlobal("localStorage", new Drawer());
});

it("shows the words of a redacted card, after a reload too", () => {
  const copies = new OwnCopies("KP73MX");
  copies.learn(aPerson({ cards: [doc("a", "Bel Jansen")] }), []);
  copies.learn(aPerson({ cards: [doc("a", "", true)] }), []);
  expect(copies.complete(shown("a")).text).toBe("Bel Jansen");
  expect(new OwnCopies("KP73MX").complete(shown("a")).text).toBe("Bel Jansen");
});

it("knows a card that was redacted before the server told of it", () => {
  const copies = new OwnCopies("KP73MX");
  const written = entry({ do: "card.write", with: { text: "Bel Jansen" }, done: { id: "a" } });
  const changed = entry({ do: "card.edit", with: { card: "a", text: "Bel Piet" }, done: { id: null } });
  copies.learn(aPerson(), [written]);
  copies.learn(aPerson({ cards: [doc("a", "", true)] }), [changed]);
  expect(copies.complete(shown("a")).text).toBe("Bel Piet");
});

it("keeps nothing of a withdrawn card, nor of somebody else's", () => {
  const copies = new OwnCopies("KP73MX");
  copies.learn(aPerson({ cards: [doc("a", "Weg"), doc("b", "Blijft")] }), []);
  copies.learn(aPerson({ cards: [doc("b", "Blijft")] }), []);
  expect(copies.complete(shown("a")).text).toBe("");
  copies.learn(aPerson({ seed: 8, cards: [doc("b", "", true)] }), []);
  expect(copies.complete(shown("b")).text).toBe("");
  expect(localStorage.getItem("cocreation:KP73MX:own")).not.toContain("Blijft");
});

it("lets a shown card be as the server says", () => {
  const copies = new OwnCopies("KP73MX");
  copies.learn(aPerson({ cards: [doc("a", "Oud")] }), []);
  const now = { ...doc("a", "Nieuw"), name: "a", stored: true };
  expect(copies.complete(now)).toBe(now);
});

it("forgets when the browser is nobody's any more, and lives without a storage", () => {
  const copies = new OwnCopies("KP73MX");
  copies.learn(aPerson({ cards: [doc("a", "Weg")] }), []);
  copies.forget();
  expect(localStorage.getItem("cocreation:KP73MX:own")).toBeNull();
  (localStorage as unknown as Drawer).isFull = true;
  copies.learn(aPerson({ cards: [doc("a", "Nog een keer")] }), []);
  expect(copies.complete(shown("a")).text).toBe("Nog een keer");
});
