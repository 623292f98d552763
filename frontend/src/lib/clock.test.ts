import { afterEach, beforeEach, expect, it, vi } from "vitest";

import { ServerClock } from "./clock";

beforeEach(() => void vi.useFakeTimers({ now: 1_000_000 }));
afterEach(() => void vi.useRealTimers());

it("believes the answer that came back fastest", () => {
  const clock = new ServerClock();
  clock.learn(1_000_500, 999_900, 1_000_000);
  expect(clock.now()).toBe(1_000_550);
  // Slower, and it does not contradict.
  clock.learn(1_000_350, 999_600, 1_000_000);
  expect(clock.now()).toBe(1_000_550);
  clock.learn(1_000_510, 999_980, 1_000_000);
  expect(clock.now()).toBe(1_000_520);
});

it("notices that the device's own clock was set while the connection stood", () => {
  const clock = new ServerClock();
  clock.learn(1_000_000, 999_990, 1_000_000);
  vi.setSystemTime(1_090_000);
  expect(clock.now()).toBe(1_090_005);
  // This answer took longer than the first, but what was known cannot be true any more.
  clock.learn(1_001_000, 1_090_000, 1_090_400);
  expect(clock.now()).toBe(1_090_000 + 1_001_000 - 1_090_200);
  // Set back in the middle of a question, which then says nothing.
  clock.learn(1_002_000, 1_090_500, 1_002_000);
  expect(clock.now()).toBe(1_090_000 + 1_001_000 - 1_090_200);
});
