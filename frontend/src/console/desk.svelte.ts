import { getContext, setContext } from "svelte";

import { NOTHING } from "../lib/earlier";
import type { ClientView, WireError } from "../lib/session-client";
import type {
  ConsoleCommands,
  Done,
  HealthDoc,
  PillarDoc,
  ProjectorDoc,
  RoomDoc,
  RoundDoc,
  SectorDoc,
  SnapshotDoc,
  StepDoc,
} from "../lib/wire.gen";
import { inLanguage } from "../parts/items";
import { sceneOf, type Scene } from "../projection/scene";
import { whereIn } from "../projection/turning";
import { agendaOf, nextAfter } from "./agenda";
import type { Start } from "./start";

/** What this screen needs of the connection. */
export interface Link {
  subscribe(run: (view: ClientView) => void): () => void;
  ask<V extends keyof ConsoleCommands>(command: V, content: ConsoleCommands[V]): Promise<Done>;
  now(): number;
  retry(): void;
}

const BEAT = 5_000;
/** A turn of the projector, a paper, a message: what is taken back of them is no change of a step. */
const ON_TOP = new Set(["stage.show", "ballot.remove", "message.put", "message.remove"]);

const EMPTY: SnapshotDoc = {
  programme: { slug: "", name: { nl: "", en: "" }, threshold: 5 },
  session: {
    id: "",
    code: "",
    kind: "workshop",
    title: { nl: "", en: "" },
    planned_at: null,
    rehearsal: false,
    locked: false,
    approval: false,
    sound: false,
    bilingual: false,
    now: null,
    current: null,
    closed: null,
    over: false,
    undo: null,
    stage: null,
    message: null,
  },
  sectors: [],
  pillars: [],
  steps: [],
  cards: [],
  rounds: [],
  results: [],
  participants: [],
  now: {},
};

/** The console's state: the session as the server last sent it. No optimistic updates: with two facilitators a guess would
 *  be wrong. */
export class Desk {
  readonly link: Link;
  readonly start: Start;
  view = $state.raw<ClientView>({
    status: "connecting",
    refusal: null,
    snapshot: null,
    earlier: NOTHING,
    you: null,
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
  });
  /** The server's clock, coarse; for what changes by the minute. */
  time = $state(0);

  readonly ready = $derived(this.view.snapshot !== null);
  readonly connected = $derived(this.view.status === "connected");
  /** Set once the server closed for good, with the reason it gave, until it lets this screen in again. */
  ending = $state.raw<{ readonly why: WireError | null } | null>(null);
  readonly ended = $derived(this.ending !== null);
  /** What is shown is what the server knows now. */
  readonly current = $derived(this.connected && this.view.behind === null);
  readonly doc = $derived<SnapshotDoc>(inLanguage(this.view.snapshot ?? EMPTY));
  readonly steps = $derived(agendaOf(this.doc.steps));
  readonly now = $derived(this.steps.find((step) => step.id === this.doc.session.now) ?? null);
  readonly next = $derived(nextAfter(this.steps, this.now));
  /** What the projectors show, and where they are in it. */
  readonly scene = $derived<Scene>(sceneOf(this.doc));
  readonly projected = $derived<ProjectorDoc | null>(whereIn(this.doc, this.scene));
  readonly health = $derived<HealthDoc | null>(this.doc.now.health ?? null);
  readonly room = $derived<RoomDoc | null>(this.doc.now.room ?? null);

  constructor(link: Link, start: Start) {
    this.link = link;
    this.start = start;
    this.time = link.now();
  }

  /** Returns what stops it. */
  watch(): () => void {
    const leave = this.link.subscribe((view) => {
      this.view = { ...view };
      if (view.status === "connected") this.ending = null;
      else if (view.status === "refused" && this.ending?.why !== view.refusal) this.ending = { why: view.refusal };
    });
    const timer = setInterval(() => (this.time = this.link.now()), BEAT);
    return () => {
      leave();
      clearInterval(timer);
    };
  }

  readonly clock = (): number => this.link.now();

  /** The last change of a step can still be taken back. What lies on top of it stands in nothing's way. */
  get undoable(): boolean {
    const undo = this.doc.session.undo;
    return undo !== null && !ON_TOP.has(undo.do) && undo.until > this.time;
  }

  step(id: string | null): StepDoc | null {
    return (id && this.doc.steps.find((step) => step.id === id)) || null;
  }

  round(id: string | null): RoundDoc | null {
    return (id && this.doc.rounds.find((round) => round.id === id)) || null;
  }

  sector(id: string | null): SectorDoc | null {
    return (id && this.doc.sectors.find((sector) => sector.id === id)) || null;
  }

  pillar(id: string | null): PillarDoc | null {
    return (id && this.doc.pillars.find((pillar) => pillar.id === id)) || null;
  }
}

const KEY = Symbol("desk");

export const provideDesk = (desk: Desk): Desk => setContext(KEY, desk);
export const useDesk = (): Desk => getContext<Desk>(KEY);
