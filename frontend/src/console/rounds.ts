import { lackingIn } from "../ballots/console";
import { inputOf, takesItems } from "../kinds/facts";
import type { ItemDoc, ResultDoc, RoundDoc, SnapshotDoc, StepDoc } from "../lib/wire.gen";
import { tn } from "../messages";
import { aboutItem } from "../parts/items";
import { tickedIn } from "./cards";

type Session = Pick<SnapshotDoc, "rounds" | "results">;

/** The console knows rounds that were prepared too; phones and stage get a round once it was opened. */
const wasOpened = (round: RoundDoc): boolean => round.open || round.closed || round.revealed;

/** Newest first. */
const roundsOf = ({ rounds }: Session, step: StepDoc): RoundDoc[] =>
  rounds.filter((round) => round.step === step.id).sort((one, other) => other.number - one.number);

/** The newest round that was opened. */
export const openedRound = (doc: Session, step: StepDoc): RoundDoc | null =>
  roundsOf(doc, step).find(wasOpened) ?? null;

/** Another round, ready to be opened. The first one is not prepared by an act of its own. */
export function preparedRound(doc: Session, step: StepDoc): RoundDoc | null {
  const newest = roundsOf(doc, step)[0];
  return newest && newest.number > 1 && !wasOpened(newest) ? newest : null;
}

/** The round whose result was shown and which nothing came after: a vote like that is not opened again, another round is. */
export function shownRound(doc: Session, step: StepDoc): RoundDoc | null {
  const newest = inputOf(step) === "marks" ? roundsOf(doc, step)[0] : undefined;
  return newest?.revealed ? newest : null;
}

export interface Choice {
  readonly item: string;
  readonly text: string;
  readonly about: string;
  readonly hidden: boolean;
  readonly place: number | null;
  readonly differs: boolean;
}

/** The items of a round that was shown, as one chooses from them for the next. */
export function choicesOf({ results }: Session, round: RoundDoc): Choice[] {
  const result: ResultDoc | undefined = results.find((each) => each.round === round.id);
  const told = new Map(result?.items.map((item) => [item.item, item]));
  return [...round.items]
    .map((item): Choice => {
      const { place = null, differs = null } = told.get(item.id) ?? {};
      return {
        item: item.id,
        text: item.text,
        about: aboutItem(item),
        hidden: item.hidden,
        place,
        differs: differs === true,
      };
    })
    .sort((one, other) => (one.place ?? Infinity) - (other.place ?? Infinity) || 0);
}

/** The newest round of a vote, while nobody could see it: what it holds can still be changed. */
export function roundToFill(doc: Session, step: StepDoc): RoundDoc | null {
  const newest = takesItems(step) ? roundsOf(doc, step)[0] : undefined;
  return newest && !wasOpened(newest) ? newest : null;
}

/** What the items of a vote that can be opened next still lack, in words; "" nothing. */
export function lackingWords(doc: Session, step: StepDoc): string {
  const { rules } = step.settings;
  const round = roundToFill(doc, step);
  return rules && round ? lackingIn(rules, round.items) : "";
}

/** What is ready for a vote that is next, and what it lacks. */
export function readyWords(doc: SnapshotDoc, step: StepDoc): string {
  const asked = takesItems(step) && (step.state === "planned" || preparedRound(doc, step));
  const ticked = asked ? tn("{n} card ticked for it", "{n} cards ticked for it", tickedIn(doc, step.round).size) : "";
  return [ticked, lackingWords(doc, step)].filter(Boolean).join(" · ");
}

/** As stage and console have them. */
export const inOrder = ({ items }: RoundDoc): ItemDoc[] =>
  [...items].sort((one, other) => one.rank - other.rank || (one.id < other.id ? -1 : 1));
