/** What is on paper for a session, by its agenda. Pure. */
import { inputOf, isPlain, takesItems } from "../../kinds/facts";
import type { AnyRules, ItemDoc, PillarDoc, RoundDoc, SnapshotDoc, StepDoc } from "../../lib/wire.gen";
import { nextNumber } from "../papers";
import { inOrder } from "../rounds";

/** Lines for items of which nobody knows yet. */
const EMPTY_ITEMS = 8;
const LINES = { ofOnePillar: 3, ofEach: 1 } as const;

export interface BallotSheet {
  readonly round: RoundDoc | null;
  readonly rules: AnyRules;
  readonly items: readonly ItemDoc[];
  /** Lines to write items on, by those that are known. */
  readonly empty: number;
}

/** Steps in which people give something that is kept, and can still be typed in. */
export const stepsOnPaper = (steps: readonly StepDoc[]): StepDoc[] =>
  steps.filter((step) => inputOf(step) !== null && !step.settings.practice && !step.sealed);

/** The newest round of a vote, whether it was opened or not. */
function newestRound({ rounds }: Pick<SnapshotDoc, "rounds">, step: StepDoc): RoundDoc | null {
  const found = rounds.filter((round) => round.step === step.id);
  return found.reduce<RoundDoc | null>((newest, each) => (newest && newest.number > each.number ? newest : each), null);
}

/** What a vote asks on paper, in the order and with the numbers of the console's form; null where nothing is voted on. */
export function ballotSheet(doc: Pick<SnapshotDoc, "rounds">, step: StepDoc): BallotSheet | null {
  const round = newestRound(doc, step);
  const rules = round?.rules ?? step.settings.rules;
  if (inputOf(step) !== "marks" || !rules) return null;
  const items = round ? inOrder(round) : [];
  return { round, rules, items, empty: items.length === 0 && takesItems(step) ? EMPTY_ITEMS : 0 };
}

export interface CardLines {
  /** None: cards are about no pillar, and about no aspect. */
  readonly pillars: readonly PillarDoc[];
  /** On each pillar and aspect; in a step without them, in all. */
  readonly lines: number;
  /** The most cards of one person. */
  readonly most: number;
}

export function cardLines({ pillars }: Pick<SnapshotDoc, "pillars">, step: StepDoc): CardLines {
  if (isPlain(step)) {
    const most = step.settings.most ?? 1;
    return { pillars: [], lines: most, most };
  }
  const asked = pillars.filter(({ id }) => step.pillar === null || id === step.pillar);
  return {
    pillars: asked,
    lines: asked.length === 1 ? LINES.ofOnePillar : LINES.ofEach,
    most: step.settings.max_cards ?? 1,
  };
}

/** The numbers of so many forms, from the next one that is free; one form without a number where none are asked for. */
export function numbersOf(doc: Pick<SnapshotDoc, "participants">, forms: number): (number | null)[] {
  if (forms === 0) return [null];
  const first = nextNumber(doc);
  return Array.from({ length: forms }, (_, place) => first + place);
}
