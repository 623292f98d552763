import { consoleKind } from "../kinds/console";
import { GRACE_MS } from "../lib/wire.gen";
import type {
  CardDoc,
  ClosingDoc,
  OpenDoc,
  Reason,
  RoomDoc,
  RoundDoc,
  SealDoc,
  SessionKind,
  StepDoc,
  StepKind,
  UndoDoc,
} from "../lib/wire.gen";
import { number, t, text, timeOfDay, tn } from "../messages";
import { phonesWork } from "../parts/practice";

export const kindName = (kind: StepKind): string => consoleKind({ kind }).name();

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

/** "34 of 38 voted · 12 on paper · 23 of 38 done", of the step that is on; nothing where none is asked. `papers`: how many
 *  were typed in. */
export function answered(step: StepDoc | null, room: RoomDoc | null, papers = 0): string {
  const words = step?.state === "open" ? consoleKind(step).answers : undefined;
  if (!room || !words) return "";
  const { done, of } = present(room);
  const all = number(of);
  const said = room.done ? tn("{n} of {all} done", "{n} of {all} done", room.done, { all }) : "";
  const counted = step?.settings.practice ? phonesWork(done, all) : words.counted(done, all);
  const paper = papers > 0 ? t("{n} on paper", { n: number(papers) }) : "";
  return [counted, paper, said].filter(Boolean).join(" · ");
}

/** "Choosing, round 2"; the first round is just the vote. */
export function roundTitle(step: StepDoc, round: RoundDoc | null): string {
  const title = titleOf(step);
  return round && round.number > 1 ? t("{title}, round {n}", { title, n: round.number }) : title;
}

export function undoWhat(undo: UndoDoc, step: StepDoc | null): string {
  const title = step ? titleOf(step) : "";
  if (undo.do === "step.close") return t("{title} closed", { title });
  if (undo.do === "step.reveal") return t("{title} revealed", { title });
  if (undo.do === "stage.show") return t("another picture on the projector");
  if (undo.do === "message.put") return t("a message to the phones");
  if (undo.do === "message.remove") return t("a message taken away");
  if (undo.do === "card.tick") return t("a card added to {title}", { title });
  if (undo.do === "ballot.remove") return t("a paper of {title} taken back", { title });
  return t("{title} opened", { title });
}

/** How many phones say that they hold nothing more of a step that was closed; how many do not, and why. */
export function confirmedWords(counts: Omit<ClosingDoc, "step" | "at" | "until">): string {
  const { of, confirmed, sending, silent, whole } = counts;
  const values = { sure: number(confirmed) };
  if (whole && of === 0) return t("No phones were there.");
  if (whole && confirmed === of) return tn("The one phone confirmed.", "All {n} phones confirmed.", of);
  const parts = [
    whole
      ? tn("{sure} of {n} phone confirmed", "{sure} of {n} phones confirmed", of, values)
      : tn("{sure} of at least {n} phone confirmed", "{sure} of at least {n} phones confirmed", of, values),
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

/** Said before a reveal: which phones may still hold answers to it, also those that went silent. `now`: server's time. */
export function beforeReveal(room: RoomDoc | null, subject: StepDoc, now: number): string {
  if (room?.open?.step === subject.id) return openWords(room.open, subject);
  const late = subject.state === "closed" && now > (subject.closed_at ?? now) + GRACE_MS;
  const closing = room?.closing?.step === subject.id ? room.closing : null;
  if (closing && late) return confirmedWords(closing);
  if (closing)
    return [confirmedWords({ ...closing, silent: 0 }), maybeHeld(closing.silent, subject)].filter(Boolean).join(" ");
  return late ? t("No more answers are taken here.") : t("It is not known yet how many phones still send.");
}

/** Of a step that is open. That a phone is connected says of that phone alone that everything of it is in. */
function openWords({ of, sending, silent, whole }: OpenDoc, step: StepDoc): string {
  const here = of - silent;
  const parts: string[] = [];
  if (here === 0) parts.push(t("No phones are connected."));
  else if (sending === 0) {
    parts.push(tn("Of the one connected phone everything is in.", "Of {n} connected phones everything is in.", here));
  } else {
    const values = { sure: number(here - sending), all: number(here) };
    parts.push(
      tn(
        "Of {sure} of {all} connected phones everything is in, one is still sending.",
        "Of {sure} of {all} connected phones everything is in, {n} are still sending.",
        sending,
        values,
      ),
    );
  }
  parts.push(maybeHeld(silent, step));
  if (!whole) parts.push(t("The server was not there all the time this step was open, so there may be more phones."));
  return parts.filter(Boolean).join(" ");
}

/** Also said before a reveal: nobody counts the paper in the room. Nothing where none can be entered any more. */
export const askPaper = (step: StepDoc): string =>
  step.sealed ? "" : (consoleKind(step).answers?.askPaper(step) ?? "");

const maybeHeld = (silent: number, step: StepDoc): string =>
  silent === 0 ? "" : (consoleKind(step).answers?.maybeHeld(silent) ?? "");

/** People: present, of all who joined; done, of all who take part in the step that is on. */
export function present(room: RoomDoc | null): { here: number; joined: number; done: number; of: number } {
  const sum = (place: number): number =>
    Object.values(room?.people ?? {}).reduce((total, row) => total + (row[place] ?? 0), 0);
  return { here: sum(1), joined: sum(0), done: sum(2), of: sum(3) };
}

/** The other screens that run this session: this one is taken out once of those under its own name. */
export function othersOf(room: RoomDoc | null, own: string): string[] {
  return (room?.consoles ?? []).flatMap(({ name, screens }) => {
    const others = screens - (name === own ? 1 : 0);
    if (others <= 0) return [];
    if (name === own) return [t("you, on another screen")];
    return [others > 1 ? tn("{name} on {n} screen", "{name} on {n} screens", others, { name }) : name];
  });
}

/** As on a button: the reasons are the facilitator's to give. */
export function reasonName(reason: Reason): string {
  switch (reason) {
    case "name":
      return t("A name or other personal data");
    case "off_topic":
      return t("Off topic");
    case "rude":
      return t("Rude");
    case "double":
      return t("There already");
    case "unknown":
      return t("No reason given");
  }
}

/** How a card came in, where it was not its writer's phone. */
export function sourceWord(source: CardDoc["source"]): string {
  switch (source) {
    case "scribed":
      return t("typed in for someone");
    case "imported":
      return t("imported");
    case "interview":
      return t("from an interview");
    default:
      return "";
  }
}
