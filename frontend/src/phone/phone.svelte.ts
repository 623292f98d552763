import type { Value } from "../ballots/ballot";
import { inputOf } from "../kinds/facts";
import { OwnCopies } from "../lib/copies";
import { hasUnkeptDrafts, keepDraft, type Draft } from "../lib/draft";
import { NOTHING, withEarlier, type Earlier } from "../lib/earlier";
import type { SessionClient, ClientView, WireError } from "../lib/session-client";
import { isOutdated } from "../lib/outdated";
import { ownCards, ownDone, ownMarks, ownSector, personOf, type OwnCard, type OwnMark } from "../lib/own";
import type {
  ItemDoc,
  MarkGiven,
  PersonDoc,
  PillarDoc,
  ResultDoc,
  RoundDoc,
  SectorDoc,
  StepDoc,
} from "../lib/wire.gen";
import { t, text } from "../messages";
import { announce } from "../parts/announcer.svelte";
import { inLanguage } from "../parts/items";
import { rest } from "./rest";
import type { Start } from "./start";

/** Everything the screens show, worked out once from what the connection brings. */
export class Phone {
  view: ClientView = $state.raw() as ClientView;
  /** The person looks at their own things instead of at the step. */
  mine = $state(false);

  readonly you = $derived(personOf(this.view));
  readonly snapshot = $derived(this.view.snapshot && inLanguage(this.view.snapshot));
  readonly step = $derived.by((): StepDoc | null => {
    const now = this.snapshot?.session.now;
    return this.snapshot?.steps.find((step) => step.id === now) ?? null;
  });
  /** What is known of all steps. */
  readonly all = $derived<Earlier>(this.snapshot ? inLanguage(withEarlier(this.snapshot, this.view.earlier)) : NOTHING);
  /** What the snapshot does not hold is being asked for. */
  isLooking = $state(false);
  readonly sector = $derived.by((): SectorDoc | null => {
    if (!this.you || !this.snapshot) return null;
    const id = ownSector(this.you, this.view);
    return this.snapshot.sectors.find((sector) => sector.id === id) ?? null;
  });
  readonly cards = $derived<OwnCard[]>(
    this.you ? ownCards(this.you, this.view).map((card) => this.#copies.complete(card)) : [],
  );
  readonly #copies: OwnCopies;
  #copied: PersonDoc | null = null;
  #hasUnkeptDrafts = $state(false);
  /** The browser keeps nothing more: what is new is in this page alone. */
  readonly isFull = $derived(this.view.isFull || this.#hasUnkeptDrafts);
  readonly isOffline = $derived(this.view.status === "offline");
  /** What is given now waits, for a connection or for a server that can store again. */
  readonly isWaiting = $derived(this.isOffline || this.view.isDeferred);

  /** A refusal of something without text: said, then gone. What came too late stays in sight (Refused.svelte). */
  refusal = $state<string | null>(null);

  constructor(
    readonly client: SessionClient,
    readonly start: Start,
  ) {
    this.#copies = new OwnCopies(start.code);
    client.subscribe((view) => {
      // Before it is shown: what a card said a moment ago may be in this phone alone from now on.
      this.#copy(view);
      // The first is told while there is none yet.
      const last = this.view as ClientView | undefined;
      const before = last?.you;
      this.view = view;
      // What was refused in one vote says nothing about the next.
      if (last && voteOf(last) !== voteOf(view)) this.refusal = null;
      if (before?.as === "phone" && view.you?.as === "phone" && before !== view.you)
        void this.#tellReturned(before, view.you);
    });
  }

  #copy(view: ClientView): void {
    if (view.status === "refused" && !isOutdated(view.refusal)) this.#copies.forget();
    const you = personOf(view);
    if (!you || (you === this.#copied && view.settling.length === 0)) return;
    this.#copied = you;
    this.#copies.learn(you, view.settling);
  }

  /** A card was taken out of the vote again: what was given on it came back, and that is said. */
  async #tellReturned(before: PersonDoc, after: PersonDoc): Promise<void> {
    if (before.seed !== after.seed) return;
    const gone = before.votes.filter(
      ({ round, item }) => !after.votes.some((vote) => vote.round === round && vote.item === item),
    );
    if (gone.length === 0) return;
    // The words of every ballot are no part of the first look. The screen itself shows what is left without them.
    const words = await rest.fetch();
    if (!words) return;
    for (const round of this.snapshot?.rounds ?? []) {
      const marks = words.marksOf(round);
      const values = gone.flatMap((vote) => (vote.round === round.id && marks.isGiven(vote.value) ? [vote.value] : []));
      if (values.length === 0) continue;
      this.refusal = marks.returned(values);
      announce(this.refusal);
    }
  }

  cardsOf(step: string): OwnCard[] {
    return this.cards.filter((card) => card.step === step);
  }

  /** Ask for what the snapshot does not hold. */
  async lookBack(): Promise<void> {
    if (this.isLooking || this.view.status !== "connected") return;
    this.isLooking = true;
    await this.client.lookBack();
    this.isLooking = false;
  }

  roundOf(step: StepDoc): RoundDoc | null {
    return this.all.rounds.find((round) => round.id === step.round) ?? null;
  }

  resultOf(round: RoundDoc | null): ResultDoc | null {
    return this.all.results.find((known) => known.round === round?.id) ?? null;
  }

  /** All rounds of a vote, newest first: each has marks of its own. */
  roundsOf(step: StepDoc): RoundDoc[] {
    const rounds = this.all.rounds.filter((round) => round.step === step.id);
    return rounds.sort((one, other) => other.number - one.number);
  }

  /** The step's title, with the number of its round from the second one on. */
  titleOf(step: StepDoc, round: RoundDoc | null = this.roundOf(step)): string {
    const title = text(step.title);
    return round && round.number > 1 ? t("{title}, round {n}", { title, n: round.number }) : title;
  }

  marksIn(round: string): Map<string, OwnMark> {
    return this.you ? ownMarks(this.you, this.view, round) : new Map();
  }

  pillarOf(id: string | null): PillarDoc | null {
    return this.snapshot?.pillars.find((pillar) => pillar.id === id) ?? null;
  }

  stepOf(id: string | null): StepDoc | null {
    return this.all.steps.find((step) => step.id === id) ?? null;
  }

  /** Of an answer that is not stored yet. */
  get stateOfWaiting(): string {
    return this.isOffline ? t("waits for connection") : this.view.isDeferred ? t("waits for the server") : t("sending");
  }

  /** The receipt code, for its own person only: the connection may be of somebody who joined after this page was made. */
  get receipt(): string | null {
    return this.you?.seed === this.start.person ? this.start.receipt : null;
  }

  /** Some of what this person gave belongs to a step that is not known here. */
  readonly isShort = $derived.by((): boolean => {
    const steps = new Set(this.all.steps.map(({ id }) => id));
    const rounds = new Set(this.all.rounds.map(({ id }) => id));
    return (
      this.cards.some(({ step }) => !steps.has(step)) || (this.you?.votes ?? []).some(({ round }) => !rounds.has(round))
    );
  });

  /** Steps that gather cards or votes, newest first. */
  get answered(): StepDoc[] {
    const steps = this.all.steps.filter((step) => inputOf(step) !== null);
    return steps.sort((one, other) => other.position - one.position);
  }

  keepDraft(place: string, draft: Draft): void {
    keepDraft(this.start.code, place, draft);
    this.#hasUnkeptDrafts = hasUnkeptDrafts();
  }

  /** Closing the page would lose something. */
  get holdsAlone(): boolean {
    return this.client.outbox.store.isUnsafe || hasUnkeptDrafts();
  }

  cast(round: RoundDoc, item: ItemDoc, value: Value): void {
    this.castAll(round, [{ item: item.id, value }]);
  }

  /** Marks that stand or fall together. */
  castAll(round: RoundDoc, [first, ...others]: readonly MarkGiven[]): void {
    if (!first) return;
    const { item, value } = first;
    const marks = others.length > 0 ? { marks: others } : {};
    const content = { round: round.id, item, value, tap: this.client.nextTap(), ...marks };
    void this.client.ask("vote.cast", content).catch(this.onRefused);
  }

  isDone(step: StepDoc): boolean {
    return this.you !== null && ownDone(this.you, this.view, step.id);
  }

  /** Said as a tap; one that comes after the end of the step is for nobody. */
  sayDone(step: StepDoc, on: boolean): void {
    void this.client.ask("step.done", { step: step.id, on }).catch(() => undefined);
  }

  readonly onRefused = ({ code, message }: WireError): void => {
    if (code !== "round.closed") this.refusal = message;
  };
}

/** Which round the room is at. */
function voteOf({ snapshot }: ClientView): string {
  const now = snapshot?.session.now;
  return `${now} ${snapshot?.steps.find(({ id }) => id === now)?.round}`;
}
