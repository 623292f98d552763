import type { CardDoc, PillarDoc, RoomDoc, SectorDoc, SnapshotDoc, StepDoc } from "../lib/wire.gen";

export const MINUTE = 60_000;
export const words = (both: string) => ({ nl: both, en: both });

export const step = (id: string, over: Partial<StepDoc> = {}): StepDoc => ({
  id,
  kind: "welcome",
  position: 0,
  state: "planned",
  title: words(id),
  prompt: words(""),
  body: words(""),
  notes: null,
  pillar: null,
  subject: null,
  round: null,
  minutes: 5,
  settings: { silent: true, live: false, rules: { ballot: "dots", budget: null, most: 1 }, max_cards: 20 },
  revealed: false,
  opened_at: null,
  closed_at: null,
  deadline: null,
  paused: null,
  sealed: null,
  summary: null,
  hidden: {},
  ...over,
});

export const card = (id: string, over: Partial<CardDoc> = {}): CardDoc => ({
  id,
  step: "write",
  pillar: "p1",
  aspect: "hardware",
  sector: "s1",
  text: id,
  language: "nl",
  source: "own",
  rank: 0,
  hidden: false,
  reason: null,
  until: null,
  at: 0,
  ...over,
});

export const room = (over: Partial<RoomDoc> = {}): RoomDoc => ({
  people: {},
  coverage: {},
  done: null,
  pooled: [],
  here: [],
  phones: 0,
  sending: 0,
  waiting: 0,
  closing: null,
  open: null,
  consoles: [],
  flood: null,
  door: null,
  ...over,
});
export const pillar: PillarDoc = { id: "p1", number: 1, name: words("P"), short: words("P") };
export const sector = (id: string): SectorDoc => ({
  id,
  key: id,
  name: words(id),
  hint: words(""),
  shape: "circle",
  letter: words("X"),
});
export const doc = (over: Partial<SnapshotDoc>): SnapshotDoc =>
  ({ cards: [], rounds: [], results: [], steps: [], now: {}, ...over }) as SnapshotDoc;
