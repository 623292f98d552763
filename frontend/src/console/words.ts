import type { ClosingDoc, RoomDoc, RoundDoc, SealDoc, SessionKind, StepDoc, StepKind, UndoDoc } from "../lib/wire.gen";
import { number, t, text, timeOfDay, tn } from "../messages";

export function kindName(kind: StepKind): string {
  switch (kind) {
    case "welcome":
      return t("Welcome");
    case "collect":
      return t("Write cards");
    case "vote":
      return t("Vote");
    case "reveal":
      return t("Reveal");
    case "break":
      return t("Break");
  }
}

/** At the start of a line; elsewhere the same words stand in a sentence. */
export function sessionKindName(kind: SessionKind): string {
  const name = {
    workshop: t("workshop"),
    expert: t("expert session"),
    interview: t("interview"),
    event: t("event"),
    open: t("open round"),
  }[kind];
  return name.charAt(0).toUpperCase() + name.slice(1);
}

export const titleOf = (step: StepDoc): string => text(step.title) || kindName(step.kind);

/** "Choosing, round 2"; the first round is just the vote. */
export function roundTitle(step: StepDoc, round: RoundDoc | null): string {
  const title = titleOf(step);
  return round && round.number > 1 ? t("{title}, round {n}", { title, n: round.number }) : title;
}

/** "34 of 38 wrote a card", for the step that is on. */
export function answered(kind: StepKind, n: number, all: number): string {
  const values = { n: number(n), all: number(all) };
  return kind === "vote" ? t("{n} of {all} voted", values) : t("{n} of {all} wrote a card", values);
}

export function undoWhat(undo: UndoDoc, step: StepDoc | null): string {
  const title = step ? titleOf(step) : "";
  if (undo.do === "step.close") return t("{title} closed", { title });
  if (undo.do === "step.reveal") return t("{title} revealed", { title });
  return t("{title} opened", { title });
}

/** How many phones say that they hold nothing more of a step that was closed; how many do not, and why. */
export function confirmedWords({ of, confirmed, sending, silent, whole }: Omit<ClosingDoc, "step" | "at" | "until">): string {
  const values = { sure: number(confirmed), all: number(of) };
  if (whole && of === 0) return t("No phones were there.");
  if (whole && confirmed === of) return tn("The one phone confirmed.", "All {n} phones confirmed.", of);
  const parts = [
    whole ? t("{sure} of {all} phones confirmed", values) : t("{sure} of at least {all} phones confirmed", values),
  ];
  if (sending > 0) parts.push(tn("one still sending", "{n} still sending", sending));
  if (silent > 0) parts.push(tn("one silent", "{n} silent", silent));
  return `${parts.join(", ")}.`;
}

export function sealedWords(seal: SealDoc): string {
  const { at, confirmed, of, whole } = seal;
  const time = t("Closed for good at {time}.", { time: timeOfDay(at) });
  if (confirmed === null || of === null) return `${time} ${t("How many phones had confirmed was not known.")}`;
  return `${time} ${confirmedWords({ of, confirmed, sending: 0, silent: 0, whole: whole === true })}`;
}

/** Said before a reveal: whose answers are not in yet. Of a step that is closed already it is the closing's count. */
export function beforeReveal(room: RoomDoc | null, subject: StepDoc): string {
  const closing = room?.closing;
  return closing?.step === subject.id ? confirmedWords(closing) : stillSending(room);
}

/** Of a step that is open: which phones have something on its way now. */
export function stillSending(room: RoomDoc | null): string {
  if (!room) return t("It is not known yet how many phones still send.");
  if (room.phones === 0) return t("No phones are connected.");
  if (room.sending === 0) return tn("The one phone confirmed.", "All {n} phones confirmed.", room.phones);
  const values = { sure: number(room.phones - room.sending), all: number(room.phones) };
  return tn(
    "{sure} of {all} phones confirmed, one still sending.",
    "{sure} of {all} phones confirmed, {n} still sending.",
    room.sending,
    values,
  );
}

export function present(room: RoomDoc | null): { here: number; joined: number; done: number } {
  const sum = (place: number): number =>
    Object.values(room?.people ?? {}).reduce((total, row) => total + (row[place] ?? 0), 0);
  return { here: sum(1), joined: sum(0), done: sum(2) };
}

/** The other screens that run this session: this one is taken out once of those under its own name. */
export function othersOf(room: RoomDoc | null, own: string): string[] {
  return (room?.consoles ?? []).flatMap(({ name, screens }) => {
    const others = screens - (name === own ? 1 : 0);
    if (others <= 0) return [];
    if (name === own) return [t("you, on another screen")];
    return [others > 1 ? t("{name} on {n} screens", { name, n: others }) : name];
  });
}
