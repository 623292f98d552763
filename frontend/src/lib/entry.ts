import type { ConsoleCommands, Done, Error as WireError, MarkGiven, PhoneCommands } from "./wire.gen";

export type { WireError };
export type Commands = PhoneCommands & ConsoleCommands;
export type CommandName = keyof Commands;

/** One answer that was given on this device and is not known to be stored, or was refused for good. */
export interface EntryOf<Name extends CommandName> {
  readonly key: string;
  readonly do: Name;
  readonly with: Commands[Name];
  /** When it was given, on the server's clock. */
  readonly at: number;
  /** The order of the taps, over all tabs. */
  readonly place: number;
  /** Whose it is (the person's seed): a browser that joined again does not send another person's answers. */
  readonly person: number | null;
  /** Why it was refused for good; kept until its person has read it. */
  readonly error: WireError | null;
  /** Set once acknowledged, until the log has brought it. */
  readonly done: Done | null;
}

export type OutboxEntry = { [Name in CommandName]: EntryOf<Name> }[CommandName];

/** A card that has no id yet is named by the key of the command that writes it. */
export const cardOf = (key: string): string => `@${key}`;
export const isPending = (card: string): boolean => card.startsWith("@");

/** The card that an answer changes, or nothing. */
export function targetOf(entry: OutboxEntry): string {
  return "card" in entry.with && entry.with.card ? entry.with.card : "";
}

/** The marks of a vote: they stand or fall together. */
export const marksGiven = ({ with: { item, value, marks = [] } }: EntryOf<"vote.cast">): readonly MarkGiven[] => [
  { item, value },
  ...marks,
];

/** What a person typed, or nothing. */
export function textOf(entry: OutboxEntry): string | null {
  return "text" in entry.with && typeof entry.with.text === "string" ? entry.with.text : null;
}
