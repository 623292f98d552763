// @vitest-environment happy-dom
import { flushSync, mount, unmount } from "svelte";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { setLanguage } from "../messages";
import { said } from "./announcer.svelte";
import Clock from "./Clock.svelte";

let leave: () => void;
const shown = (): string => document.body.textContent?.trim() ?? "";

function show(deadline: number | null, pausedLeft: number | null = null): void {
  const mounted = mount(Clock, { target: document.body, props: { deadline, pausedLeft, warn: true } });
  flushSync();
  leave = () => void unmount(mounted);
}

describe("a clock whose time is over", () => {
  beforeEach(() => {
    setLanguage("en");
    said.now = "";
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "Date"] });
  });
  afterEach(() => {
    leave();
    vi.useRealTimers();
    document.body.replaceChildren();
  });

  it("has a light beside it, and says so once", () => {
    show(Date.now() + 2_000);
    expect(document.querySelector(".light")).toBeNull();
    vi.advanceTimersByTime(2_100);
    flushSync();
    expect(shown()).toContain("time over");
    expect(document.querySelector(".light")).not.toBeNull();
    expect(said.now).toBe("The time is over. You can go on until the next step.");
    said.now = "";
    vi.advanceTimersByTime(60_000);
    flushSync();
    expect(said.now).toBe("");
  });

  it("says nothing of what was over before anybody looked", () => {
    show(Date.now() - 5_000);
    expect(document.querySelector(".light")).not.toBeNull();
    expect(said.now).toBe("");
  });

  it("has none while it is paused, also at nothing left", () => {
    show(null, 0);
    expect(document.querySelector(".light")).toBeNull();
    expect(shown()).toContain("paused");
  });
});
