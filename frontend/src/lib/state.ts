/** Pure, immutable: a snapshot and the events after it give what a fresh snapshot would. Unknown events change nothing. */
import type { MemberDoc, NowDoc, OwnEvent, PersonDoc, RoundDoc, SharedEvent, SnapshotDoc, StepDoc } from "./wire.gen";

interface Named {
  readonly id: string;
}

type Compare<T> = (one: T, two: T) => number;

const byId: Compare<Named> = (one, two) => (one.id < two.id ? -1 : one.id > two.id ? 1 : 0);
const byPosition: Compare<StepDoc> = (one, two) => one.position - two.position || byId(one, two);
const byRank: Compare<Named & { readonly rank: number }> = (one, two) => one.rank - two.rank || byId(one, two);
const byTime: Compare<Named & { readonly at: number }> = (one, two) => one.at - two.at || byId(one, two);

function put<T extends Named>(list: readonly T[], thing: T, compare: Compare<T>): T[] {
  return [...without(list, thing.id), thing].sort(compare);
}

const without = <T extends Named>(list: readonly T[], id: string): T[] => list.filter((thing) => thing.id !== id);

/** Rounds and results stand in no order: what shows them looks them up. */
const putRound = (rounds: readonly RoundDoc[], round: RoundDoc | null): RoundDoc[] =>
  round ? [...without(rounds, round.id), round] : [...rounds];

function changeItems(
  snapshot: SnapshotDoc,
  id: string,
  change: (items: RoundDoc["items"]) => RoundDoc["items"],
): SnapshotDoc {
  const rounds = snapshot.rounds.map((round) => (round.id === id ? { ...round, items: change(round.items) } : round));
  return { ...snapshot, rounds };
}

function forgetStep(snapshot: SnapshotDoc, id: string): SnapshotDoc {
  const gone = new Set(snapshot.rounds.filter((round) => round.step === id).map((round) => round.id));
  return {
    ...snapshot,
    steps: without(snapshot.steps, id),
    cards: snapshot.cards.filter((card) => card.step !== id),
    rounds: snapshot.rounds.filter((round) => !gone.has(round.id)),
    results: snapshot.results.filter((result) => !gone.has(result.round)),
  };
}

/** A phone holds some steps only, and of each its newest round. */
function keepCurrent(snapshot: SnapshotDoc): SnapshotDoc {
  const { current } = snapshot.session;
  if (current === null) return snapshot;
  const steps = snapshot.steps.filter(({ id }) => current.includes(id));
  const rounds = new Set(steps.map(({ round }) => round));
  return {
    ...snapshot,
    steps,
    rounds: snapshot.rounds.filter(({ id }) => rounds.has(id)),
    results: snapshot.results.filter(({ round }) => rounds.has(round)),
  };
}

export function applyShared(snapshot: SnapshotDoc, event: SharedEvent): SnapshotDoc {
  switch (event.type) {
    case "session.put":
      return keepCurrent({ ...snapshot, session: event.session });
    case "step.put":
      return { ...snapshot, steps: put(snapshot.steps, event.step, byPosition) };
    case "step.gone":
      return forgetStep(snapshot, event.step);
    case "step.revealed": {
      const { result, step } = event;
      const steps = put(snapshot.steps, step, byPosition);
      const shown = new Set(event.cards.map((card) => card.id));
      const cards = [...snapshot.cards.filter((card) => !shown.has(card.id)), ...event.cards].sort(byRank);
      const results = result
        ? [...snapshot.results.filter((known) => known.round !== result.round), result]
        : snapshot.results;
      return { ...snapshot, steps, cards, results, rounds: putRound(snapshot.rounds, event.round) };
    }
    case "step.concealed": {
      const { step, round } = event;
      const steps = put(snapshot.steps, step, byPosition);
      const cards = event.cards_gone ? snapshot.cards.filter((card) => card.step !== step.id) : snapshot.cards;
      const results = snapshot.results.filter((result) => result.round !== (round?.id ?? step.round));
      return { ...snapshot, steps, cards, results, rounds: putRound(snapshot.rounds, round) };
    }
    case "card.put":
      return { ...snapshot, cards: put(snapshot.cards, event.card, byRank) };
    case "card.gone":
      return { ...snapshot, cards: without(snapshot.cards, event.card) };
    case "marks.put": {
      const { sector } = event;
      const marked = new Set(event.cards);
      const cards = snapshot.cards.map((card) => {
        if (marked.has(card.id)) return card.sector === sector ? card : { ...card, sector };
        return card.sector === sector ? { ...card, sector: null } : card;
      });
      return { ...snapshot, cards };
    }
    case "round.put": {
      const { round } = event;
      const results = round.revealed
        ? snapshot.results
        : snapshot.results.filter((result) => result.round !== round.id);
      return { ...snapshot, results, rounds: putRound(snapshot.rounds, round) };
    }
    case "round.gone": {
      const rounds = without(snapshot.rounds, event.round);
      return { ...snapshot, rounds, results: snapshot.results.filter((result) => result.round !== event.round) };
    }
    case "item.put":
      return changeItems(snapshot, event.round, (items) => put(items, event.item, byRank));
    case "item.gone":
      return changeItems(snapshot, event.round, (items) => without(items, event.item));
    case "result.put": {
      const others = snapshot.results.filter((result) => result.round !== event.result.round);
      return { ...snapshot, results: [...others, event.result] };
    }
    case "participant.put":
      return { ...snapshot, participants: put(snapshot.participants, event.participant, byId) };
    default:
      event satisfies never;
      return snapshot;
  }
}

export function applyOwn(you: PersonDoc, event: OwnEvent): PersonDoc {
  switch (event.type) {
    case "you.card":
      return { ...you, cards: put(you.cards, event.card, byTime) };
    case "you.card_gone":
      return { ...you, cards: without(you.cards, event.card) };
    case "you.vote": {
      const { vote, sector_fixed } = event;
      const same = (known: typeof vote): boolean => known.round === vote.round && known.item === vote.item;
      const known = you.votes.find(same);
      if (known && known.tap > vote.tap) return you;
      const votes = [...you.votes.filter((other) => !same(other)), vote];
      return { ...you, votes, sector_fixed, tap: Math.max(you.tap, vote.tap) };
    }
    case "you.vote_gone": {
      const votes = you.votes.filter(({ round, item }) => round !== event.round || item !== event.item);
      return { ...you, votes, tap: Math.max(0, ...votes.map(({ tap }) => tap)) };
    }
    case "you.put": {
      const { sector, sector_fixed, retired } = event;
      return { ...you, sector, sector_fixed, retired };
    }
    case "you.step_emptied": {
      const cards = you.cards.filter(({ step }) => step !== event.step);
      const votes = you.votes.filter(({ round }) => !event.rounds.includes(round));
      const tap = Math.max(0, ...votes.map(({ tap }) => tap));
      return { ...you, cards, votes, tap };
    }
    case "you.done":
      return { ...you, done: event.done };
    case "you.group":
      return { ...you, group: event.group };
    case "you.group_card":
      return you.group ? { ...you, group: { ...you.group, cards: put(you.group.cards, event.card, byRank) } } : you;
    case "you.group_card_gone":
      return you.group ? { ...you, group: { ...you.group, cards: without(you.group.cards, event.card) } } : you;
    case "you.member":
      return you;
    default:
      event satisfies never;
      return you;
  }
}

/** A console's member has another role, or another name. */
export function applyMember(you: MemberDoc, event: OwnEvent): MemberDoc {
  return event.type === "you.member" ? event.member : you;
}

/** Latest values are whole: an absent key is unchanged, one that is null is forgotten. A tally brings only the items that
 *  changed; a round or an item that is null has none any more. */
export function applyNow(now: NowDoc, patch: NowDoc): NowDoc {
  const { tally: changes, ...values } = patch;
  const merged = { ...now, ...values };
  if (changes === undefined) return merged;
  if (changes === null) return { ...merged, tally: {} };
  const tally = { ...now.tally };
  for (const [round, items] of Object.entries(changes)) {
    const left = items && Object.entries({ ...tally[round], ...items }).filter(([, counts]) => counts !== null);
    if (left && left.length > 0) tally[round] = Object.fromEntries(left);
    else delete tally[round];
  }
  return { ...merged, tally };
}
