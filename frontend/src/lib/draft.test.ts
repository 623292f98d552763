import { afterEach, beforeEach, expect, it, vi } from "vitest";

import { draftPlaces, EMPTY, keepDraft, moveDraft, readDraft } from "./draft";
import { Drawer } from "./fixtures";

const typed = (text: string): typeof EMPTY => ({ ...EMPTY, text });
let [local, session] = [new Drawer(), new Drawer()];

beforeEach(() => {
  [local, session] = [new Drawer(), new Drawer()];
  vi.stubGlobal("localStorage", local);
  vi.stubGlobal("sessionStorage", session);
});
afterEach(() => void vi.unstubAllGlobals());

it("goes with its card once that has an id, and does not take the place of what is newer", () => {
  keepDraft("KP73MX", "edit-@key", typed("half a tho"));
  moveDraft("KP73MX", "edit-@key", "edit-id");
  expect(readDraft("KP73MX", "edit-id").text).toBe("half a tho");
  expect(readDraft("KP73MX", "edit-@key")).toEqual(EMPTY);

  keepDraft("KP73MX", "edit-@other", typed("older"));
  keepDraft("KP73MX", "edit-two", typed("newer"));
  moveDraft("KP73MX", "edit-@other", "edit-two");
  expect(readDraft("KP73MX", "edit-two").text).toBe("newer");
  expect(draftPlaces("KP73MX").sort()).toEqual(["edit-id", "edit-two"]);
});

it("is found wherever it is kept, once, and none of another session", () => {
  keepDraft("KP73MX", "one", typed("in both"));
  session.setItem("cocreation:KP73MX:draft:two", JSON.stringify(typed("in this tab")));
  local.setItem("cocreation:KP73MX:draft:three", JSON.stringify(typed("of another tab")));
  keepDraft("OTHER1", "four", typed("elsewhere"));
  local.isFull = session.isFull = true;
  keepDraft("KP73MX", "five", typed("on this page"));
  expect(draftPlaces("KP73MX").sort()).toEqual(["five", "one", "three", "two"]);
  local.isFull = session.isFull = false;
  keepDraft("KP73MX", "five", EMPTY);
  expect(draftPlaces("KP73MX").sort()).toEqual(["one", "three", "two"]);
});
