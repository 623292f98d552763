// @vitest-environment happy-dom
import "../lib/page.fixture";

import { flushSync, mount, unmount } from "svelte";
import { beforeEach, describe, expect, it } from "vitest";

import { aPerson, aSnapshot } from "../lib/fixtures";
import { SessionClient } from "../lib/session-client";
import { MemoryStore } from "../lib/store";
import { useWire, Wire } from "../lib/wire.fixture";
import type { MessageDoc, SnapshotDoc } from "../lib/wire.gen";
import { setLanguage } from "../messages";
import { said } from "../parts/announcer.svelte";
import Message from "./Message.svelte";
import { Phone } from "./phone.svelte";

const aMessage = (id: string, nl: string, en: string): MessageDoc => ({ id, text: { nl, en }, at: 1 });
const withMessage = (message: MessageDoc | null): SnapshotDoc => {
  const snapshot = aSnapshot();
  return { ...snapshot, session: { ...snapshot.session, message } };
};
const box = (): HTMLElement | null => document.querySelector("section");

let leave: () => void;
let seq = 10;
useWire(() => leave());

function tell(message: MessageDoc | null): void {
  seq += 1;
  const { session } = withMessage(message);
  Wire.last.say({ from: seq, to: seq, events: [{ type: "session.put", seq, session }] });
  flushSync();
}

describe("a message to everyone", () => {
  beforeEach(() => {
    setLanguage("en");
    seq = 10;
    said.now = "";
    const client = new SessionClient({ code: "KP73MX", as: "phone", lang: "en", store: new MemoryStore() });
    const phone = new Phone(client, { code: "KP73MX", join: "", receipt: null, person: null, watch: null });
    client.start();
    Wire.last.open().welcome({ you: aPerson(), snapshot: withMessage(null) });
    const mounted = mount(Message, { target: document.body, props: { phone } });
    flushSync();
    leave = () => {
      void unmount(mounted);
      client.stop();
    };
  });

  it("is shown and said once, in the reader's language or the one there is", () => {
    expect(box()).toBeNull();
    tell(aMessage("one", "Pauze", "Break"));
    expect(box()?.textContent).toContain("Break");
    expect(box()?.querySelector(".words")?.getAttribute("lang")).toBeNull();
    expect(said.now).toBe("Message: Break");
    said.now = "";
    tell(aMessage("one", "Pauze", "Break"));
    expect(said.now).toBe("");
    tell(aMessage("two", "Verder", ""));
    expect(box()?.querySelector(".words")?.getAttribute("lang")).toBe("nl");
    expect(said.now).toBe("Message: Verder");
  });

  it("goes when it is taken away, and is not said again when that is undone", () => {
    tell(aMessage("one", "Pauze", "Break"));
    tell(null);
    expect(box()).toBeNull();
    said.now = "";
    tell(aMessage("one", "Pauze", "Break"));
    expect(box()).not.toBeNull();
    expect(said.now).toBe("");
  });

  it("stands above the page while somebody types", () => {
    const field = document.body.appendChild(document.createElement("textarea"));
    tell(aMessage("one", "Pauze", "Break"));
    field.focus();
    flushSync();
    expect(box()?.className).toContain("still");
    field.blur();
    flushSync();
    expect(box()?.className).not.toContain("still");
    field.remove();
  });
});
