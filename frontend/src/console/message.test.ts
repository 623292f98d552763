// @vitest-environment happy-dom
import "../lib/page.fixture";

import { flushSync } from "svelte";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

import { aSnapshot } from "../lib/fixtures";
import type { MessageDoc } from "../lib/wire.gen";
import { setLanguage } from "../messages";
import { Server, show } from "./console.fixture";
import Message from "./Message.svelte";
import { undoWhat } from "./words";

const ONE: MessageDoc = { id: "one", text: { nl: "Pauze", en: "" }, at: 1_000 };
const button = (name: string): HTMLButtonElement => {
  const found = [...document.querySelectorAll("button")].find((each) => each.textContent?.trim().startsWith(name));
  if (!found) throw new Error(name);
  return found;
};
const settled = async (): Promise<void> => {
  await new Promise((go) => setTimeout(go));
  flushSync();
};

describe("the message to all phones on the console", () => {
  let server: Server;
  let leave: () => void;
  beforeEach(() => {
    setLanguage("en");
    server = new Server();
    leave = show(Message, server);
    server.tell({});
  });
  afterEach(() => {
    leave();
    document.body.replaceChildren();
  });
  const stands = (message: MessageDoc | null): void => {
    const { session } = aSnapshot();
    server.tell({ session: { ...session, message } });
  };

  it("is not sent without words, and sent in the language that has some", async () => {
    button("Write a message").click();
    flushSync();
    const form = document.querySelector("form");
    form?.dispatchEvent(new SubmitEvent("submit", { cancelable: true }));
    flushSync();
    expect(document.querySelector("[role=alert]")?.textContent).toContain("Write something first.");
    expect(server.asked).toEqual([]);
    const field = document.querySelector<HTMLInputElement>("input[lang=en]");
    if (!field) throw new Error("no field");
    field.value = "Soup at six";
    field.dispatchEvent(new Event("input", { bubbles: true }));
    form?.dispatchEvent(new SubmitEvent("submit", { cancelable: true }));
    await settled();
    expect(server.asked).toEqual([{ command: "message.put", content: { text_nl: "", text_en: "Soup at six" } }]);
    expect(document.querySelector("form")).toBeNull();
  });

  it("is taken away by its own id", async () => {
    stands(ONE);
    expect(document.querySelector("blockquote [lang=nl]")?.textContent).toBe("Pauze");
    button("Take away").click();
    await settled();
    expect(server.asked).toEqual([{ command: "message.remove", content: { message: "one" } }]);
    stands(null);
    expect(document.querySelector("blockquote")).toBeNull();
    expect(document.activeElement?.id).toBe("message-title");
  });

  it("is undone in words of its own", () => {
    expect(undoWhat({ do: "message.put", step: null, until: 1 }, null)).toBe("a message to the phones");
    expect(undoWhat({ do: "message.remove", step: null, until: 1 }, null)).toBe("a message taken away");
  });
});
