/** The other end of every socket that a client opens in a test, and the little of a browser that it needs. */
import { afterEach, beforeEach, vi } from "vitest";

import { aPerson, aSnapshot } from "./fixtures";
import type { Welcome } from "./wire.gen";

export interface Said {
  id: number;
  do: string;
  key?: string;
  with: Record<string, unknown>;
}

/** Each test of the file speaks with a wire instead of a socket; `clock`: its timers are its own. `leave` ends what the
 *  test put on the page. */
export function useWire(leave: () => void, { clock = false } = {}): void {
  beforeEach(() => {
    Wire.all = [];
    vi.stubGlobal("WebSocket", Wire);
    if (clock) vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "Date"] });
  });
  afterEach(() => {
    leave();
    if (clock) vi.useRealTimers();
    vi.unstubAllGlobals();
    document.body.replaceChildren();
  });
}

export class Wire {
  static readonly OPEN = 1;
  static all: Wire[] = [];
  static get last(): Wire {
    const wire = Wire.all[Wire.all.length - 1];
    if (!wire) throw new Error("nobody called");
    return wire;
  }

  readyState = 0;
  heard: Said[] = [];
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: string }) => void) | null = null;
  onclose: ((event: { code: number }) => void) | null = null;

  constructor(readonly url: string) {
    Wire.all.push(this);
  }
  send(text: string): void {
    this.heard.push(JSON.parse(text) as Said);
  }
  close(): void {
    this.readyState = 3;
  }
  open(): this {
    this.readyState = 1;
    this.onopen?.();
    return this;
  }
  say(frame: object): void {
    this.hear(JSON.stringify(frame));
  }
  hear(text: string): void {
    this.onmessage?.({ data: text });
  }
  fall(code = 1006): void {
    this.readyState = 3;
    this.onclose?.({ code });
  }
  of(name: string): Said[] {
    return this.heard.filter((said) => said.do === name);
  }
  welcome(more: Partial<Welcome> = {}): void {
    const hello = this.of("hello").slice(-1)[0];
    const ok = { you: aPerson(), epoch: "e1", ping: 5, time: Date.now(), seq: 10, snapshot: aSnapshot(), ...more };
    this.say({ re: hello?.id, ok });
  }
}

/** A browser whose clock stands, whose sockets are wires, and whose window tells what `happened`. */
export function stubBrowser(happened: EventTarget): void {
  vi.useFakeTimers({ now: 1_000_000 });
  Wire.all = [];
  vi.stubGlobal("WebSocket", Wire);
  vi.stubGlobal("document", { visibilityState: "visible", addEventListener: vi.fn(), removeEventListener: vi.fn() });
  vi.stubGlobal("addEventListener", happened.addEventListener.bind(happened));
  vi.stubGlobal("removeEventListener", happened.removeEventListener.bind(happened));
}

export function unstubBrowser(): void {
  vi.useRealTimers();
  vi.unstubAllGlobals();
}
