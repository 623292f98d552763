/** What the server says of the agenda: whether it fits its time and its people. */
import type { ConsoleCommands } from "../../lib/wire.gen";
import type { Link } from "../desk.svelte";

interface Command {
  readonly do: keyof ConsoleCommands;
  readonly content: ConsoleCommands[keyof ConsoleCommands];
}

export interface Warning {
  readonly what: string;
  readonly step: string | null;
  readonly title: string;
  /** With its sum. */
  readonly why: string;
  /** What mends it, on a button; "" nothing that a button can do. */
  readonly act: string;
  readonly commands: readonly Command[];
}

export interface Checked {
  /** In all; null: nobody said. */
  readonly minutes: number | null;
  /** O → people. */
  readonly invited: Readonly<Record<string, number>>;
  readonly warnings: readonly Warning[];
}

/** Throws when it cannot be had. */
export async function askCheck(address: string): Promise<Checked> {
  const answer = await fetch(address, { headers: { Accept: "application/json" }, credentials: "same-origin" });
  if (!answer.ok) throw new Error(String(answer.status));
  return (await answer.json()) as Checked;
}

/** One after the other: a later one may stand on an earlier. */
export async function mend(link: Link, { commands }: Warning): Promise<void> {
  for (const command of commands) await link.ask(command.do, command.content);
}
