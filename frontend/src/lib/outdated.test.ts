import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { Drawer } from "./fixtures";
import { loadAnew } from "./outdated";

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000 });
  vi.stubGlobal("sessionStorage", new Drawer());
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test("a page of another version is loaded anew, but not before what it holds is kept", () => {
  const load = vi.fn();
  let isSafe = false;
  loadAnew(() => isSafe, load);
  vi.advanceTimersByTime(60_000);
  expect(load).not.toHaveBeenCalled();
  isSafe = true;
  vi.advanceTimersByTime(1000);
  expect(load).toHaveBeenCalledOnce();
});

test("the page of before may come again: it is not loaded over and over", () => {
  const load = vi.fn();
  for (let loaded = 0; loaded < 3; loaded += 1) {
    const stop = loadAnew(() => true, load);
    vi.advanceTimersByTime(10_000);
    stop();
  }
  expect(load).toHaveBeenCalledOnce();
  loadAnew(() => true, load);
  vi.advanceTimersByTime(61_000);
  expect(load).toHaveBeenCalledTimes(2);
});

test("who stopped waiting is not loaded anew, and where no note can be kept it is left to the person", () => {
  const load = vi.fn();
  loadAnew(() => true, load)();
  vi.advanceTimersByTime(10_000);
  const refuse = (): never => {
    throw new Error("switched off");
  };
  vi.stubGlobal("sessionStorage", { getItem: refuse, setItem: refuse });
  loadAnew(() => true, load);
  vi.advanceTimersByTime(100_000);
  expect(load).not.toHaveBeenCalled();
});
