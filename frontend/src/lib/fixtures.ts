/** A small session for tests of this folder and of the screens. */
import type { CardDoc, ItemDoc, PersonDoc, ResultDoc, ResultItemDoc, RoundDoc, SnapshotDoc, StepDoc } from "./wire.gen";

const both = (text: string): { nl: string; en: string } => ({ nl: text, en: text });

export const aStep = (id: string, more: Partial<StepDoc> = {}): StepDoc => ({
  id,
  kind: "collect",
  position: 1,
  state: "open",
  title: both(id),
  prompt: both(""),
  body: both(""),
  notes: null,
  pillar: null,
  subject: null,
  round: null,
  minutes: 5,
  settings: { silent: true, live: false, rules: { ballot: "dots", budget: null, most: 1 }, max_cards: 20 },
  revealed: false,
  opened_at: 0,
  closed_at: null,
  deadline: null,
  paused: null,
  sealed: null,
  summary: null,
  hidden: {},
  ...more,
});

export const aCard = (id: string, more: Partial<CardDoc> = {}): CardDoc => ({
  id,
  step: "one",
  pillar: "p1",
  aspect: "both",
  sector: null,
  text: id,
  language: "nl",
  source: "own",
  rank: 1,
  hidden: false,
  at: null,
  reason: null,
  until: null,
  ...more,
});

export const anItem = (id: string, more: Partial<ItemDoc> = {}): ItemDoc => ({
  id,
  card: `card-${id}`,
  source: "card",
  pillar: "p1",
  aspect: "both",
  text: id,
  words: null,
  hidden: false,
  rank: 1,
  reason: null,
  price: null,
  whose: "participant",
  answered: false,
  document: "",
  ...more,
});

export const aRound = (id: string, more: Partial<RoundDoc> = {}): RoundDoc => ({
  id,
  step: "one",
  number: 1,
  ballot: "dots",
  rules: { ballot: "dots", budget: 3, most: 1 },
  open: true,
  closed: false,
  revealed: false,
  seen: false,
  fixes_sector: true,
  items: [],
  ...more,
});

export const aResult = (round: string, more: Partial<ResultDoc> = {}): ResultDoc => ({
  round,
  n: 9,
  told: { dots: 20 },
  groups: [],
  absent: [],
  items: [],
  late: 0,
  both: null,
  few: [],
  scribed: 0,
  chance: null,
  ...more,
});

export const someFigures = (item: string, more: Partial<ResultItemDoc> = {}): ResultItemDoc => ({
  item,
  place: 1,
  heads_place: 1,
  heads: 0,
  of: 9,
  told: { dots: 0 },
  share: 0,
  balanced: null,
  group_heads: [],
  group_of: [],
  shares: [],
  spread: null,
  differs: null,
  means: [],
  ...more,
});

export const aSnapshot = (more: Partial<SnapshotDoc> = {}): SnapshotDoc => ({
  programme: { slug: "kennispark", name: both("Kennispark"), threshold: 5 },
  session: {
    id: "session",
    code: "KP73MX",
    kind: "workshop",
    title: both("Werkplaats"),
    rehearsal: false,
    locked: false,
    approval: false,
    sound: false,
    bilingual: false,
    now: "one",
    current: null,
    closed: null,
    over: false,
    undo: null,
    stage: null,
    message: null,
    planned_at: null,
  },
  sectors: [],
  pillars: [],
  steps: [aStep("one")],
  cards: [],
  rounds: [],
  results: [],
  participants: [],
  now: {},
  ...more,
});

export const aPerson = (more: Partial<PersonDoc> = {}): PersonDoc => ({
  as: "phone",
  tag: "KRAB",
  sector: "s1",
  sector_fixed: false,
  retired: false,
  seed: 7,
  tap: 0,
  cards: [],
  votes: [],
  done: false,
  group: null,
  ...more,
});

/** A localStorage. `isFull`: like one that has no room. */
export class Drawer {
  isFull = false;
  readonly #things = new Map<string, string>();
  get length(): number {
    return this.#things.size;
  }
  key = (index: number): string | null => [...this.#things.keys()][index] ?? null;
  getItem = (name: string): string | null => this.#things.get(name) ?? null;
  setItem = (name: string, value: string): void => {
    if (this.isFull) throw new DOMException("no room", "QuotaExceededError");
    this.#things.set(name, value);
  };
  removeItem = (name: string): void => void this.#things.delete(name);
}
