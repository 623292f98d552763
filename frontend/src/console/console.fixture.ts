/** A console on a server that tests play: what it shows is what it was told, what it asks is answered as they say. */
import { flushSync, mount, unmount, type Component } from "svelte";

import { NOTHING } from "../lib/earlier";
import type { ClientView, WireError } from "../lib/session-client";
import { aSnapshot } from "../lib/fixtures";
import type { ConsoleCommands, Done, SnapshotDoc } from "../lib/wire.gen";
import Inside from "./Inside.fixture.svelte";
import { Desk, type Link } from "./desk.svelte";
import type { Start } from "./start";

export const aView = (snapshot: SnapshotDoc | null, more: Partial<ClientView> = {}): ClientView => ({
  status: "connected",
  refusal: null,
  snapshot,
  earlier: NOTHING,
  you: { as: "console", name: "Anna", role: "facilitator" },
  waiting: [],
  settling: [],
  names: new Map(),
  refused: [],
  isFull: false,
  isDeferred: false,
  lastContact: null,
  isLate: false,
  isSlow: false,
  behind: null,
  ...more,
});

export class Server implements Link {
  readonly asked: { command: keyof ConsoleCommands; content: unknown }[] = [];
  refuses: WireError | null = null;
  readonly #told = new Set<(view: ClientView) => void>();
  #view = aView(aSnapshot());

  subscribe(run: (view: ClientView) => void): () => void {
    this.#told.add(run);
    run(this.#view);
    return () => this.#told.delete(run);
  }
  ask<V extends keyof ConsoleCommands>(command: V, content: ConsoleCommands[V]): Promise<Done> {
    this.asked.push({ command, content });
    return this.refuses ? Promise.reject(this.refuses) : Promise.resolve({ seq: 1, id: null });
  }
  now = (): number => 1_000;
  retry = (): void => undefined;

  tell(more: Partial<SnapshotDoc>): void {
    this.#view = aView(aSnapshot(more));
    for (const run of this.#told) run(this.#view);
    flushSync();
  }
}

export const START: Start = {
  code: "KP73MX",
  page: "console",
  console_url: "/console/",
  agenda_url: "/agenda/",
  print_url: "/print/",
  check_url: "/agenda/check/",
  templates_url: "/agenda/templates/",
  session: "session",
  lang: "en",
  programme: { name: "Kennispark" },
  ws: "",
  join_url: "",
  host: "",
  qr: null,
  stage_url: "",
  own_url: "",
  crowd_url: "",
  watch_url: "/console/phone/",
  earlier_url: "/earlier/",
  downloads: [],
  studio: null,
  guide: "",
  csrf: "",
  signin: "",
  member: { name: "Anna", role: "facilitator" },
};

/** A part of the console in the page. Returns what takes it away. */
export function show<Props extends object>(part: Component<Props>, server: Server, given?: Props): () => void {
  const desk = new Desk(server, START);
  const leave = desk.watch();
  const props = { desk, part: part as Component<Record<string, unknown>>, given: { ...given } };
  const mounted = mount(Inside, { target: document.body, props });
  flushSync();
  return () => {
    leave();
    void unmount(mounted);
  };
}
