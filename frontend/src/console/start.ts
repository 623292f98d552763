import type { Language, Localised } from "../messages";
import type { QrCode } from "../parts/types";

export interface Download {
  readonly name: string;
  readonly label: string;
  readonly href: string;
  /** Where the same table is in the form for a spreadsheet; empty when it has none. */
  readonly spreadsheet: string;
}

/** What the page brings along; everything that can change comes over the socket. */
export interface Start {
  readonly code: string;
  /** Which of the pages that a facilitator works on. */
  readonly page: "console" | "agenda" | "print";
  readonly console_url: string;
  readonly agenda_url: string;
  /** The session on paper. */
  readonly print_url: string;
  /** Whether the agenda fits its time and its people. */
  readonly check_url: string;
  /** What the agenda can begin with; each by its key behind this. */
  readonly templates_url: string;
  readonly session: string;
  readonly lang: Language;
  readonly programme: { readonly name: string | Localised };
  readonly ws: string;
  readonly join_url: string;
  readonly host: string;
  readonly qr: QrCode | null;
  readonly stage_url: string;
  /** Makes a link by which the member signs in on another device. */
  readonly own_url: string;
  /** Simulated people in a rehearsal; to stop them by `stop/` behind it. */
  readonly crowd_url: string;
  /** What a phone shows, to look at. */
  readonly watch_url: string;
  /** What can be carried from other sessions of the programme. */
  readonly earlier_url: string;
  readonly downloads: readonly Download[];
  readonly studio: string | null;
  readonly guide: string;
  readonly csrf: string;
  /** The sign-in page, which leads back here. */
  readonly signin: string;
  readonly member: { readonly name: string; readonly role: string };
}

export function readStart(): Start | null {
  const script = document.getElementById("start");
  return script?.textContent ? (JSON.parse(script.textContent) as Start) : null;
}
