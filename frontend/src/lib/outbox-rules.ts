/** How the outbox keeps a command until its reply, by the rules that the command declares. */
import { textOf, type OutboxEntry, type WireError } from "./entry";
import { OUTBOX, OUTBOX_DEFAULT } from "./wire.gen";

const ruleOf = ({ do: name }: OutboxEntry): (typeof OUTBOX)[string] => OUTBOX[name] ?? OUTBOX_DEFAULT;

/** Whether an entry is too old to be sent, by the rule of its command. */
export function isExpired(entry: OutboxEntry, now: number): boolean {
  const { expires } = ruleOf(entry);
  return expires !== null && now - entry.at > expires;
}

/** Of two that follow each other only the newer needs to go, when it names everything that the older does: one with
 *  several marks may say nothing of some of them. */
export function isReplaced(older: OutboxEntry, newer: OutboxEntry): boolean {
  const { collapses } = ruleOf(newer);
  return (
    older.do === newer.do &&
    collapses.length > 0 &&
    collapses.every((field) => valuesOf(older, field).every((value) => valuesOf(newer, field).includes(value)))
  );
}

/** What a command has in a field, in its further marks too. */
function valuesOf(entry: OutboxEntry, field: string): unknown[] {
  const valueOf = (fields: object): unknown => (fields as Record<string, unknown>)[field];
  const marks = entry.do === "vote.cast" ? (entry.with.marks ?? []) : [];
  return [valueOf(entry.with), ...marks.flatMap((mark) => (field in mark ? [valueOf(mark)] : []))];
}

/** What stays in sight of an answer that was refused for good, with what was given after it on the same card. Null: nothing
 *  does. Words do; and what is not on the screen any more, so that somebody has to say so. */
export function whatStays(entry: OutboxEntry, error: WireError, later: readonly OutboxEntry[]): OutboxEntry | null {
  const { told, untold } = ruleOf(entry);
  const isTold = (told === null || told.includes(error.code)) && !untold.includes(error.code);
  let kept: OutboxEntry | null = textOf(entry) !== null || isTold ? { ...entry, error } : null;
  for (const change of later) {
    // The newest words of a card that never came to be, or nothing when it was withdrawn.
    if (change.do === "card.withdraw") kept = null;
    else if (kept) kept = { ...kept, with: { ...kept.with, ...fieldsOf(change) } } as OutboxEntry;
  }
  return kept;
}

/** The fields of an edit that say something. */
function fieldsOf(entry: OutboxEntry): object {
  const said = Object.entries(entry.with).filter(([name, value]) => name !== "card" && value != null);
  return Object.fromEntries(said);
}
