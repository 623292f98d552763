import type { Language } from "../messages";
import type { QrCode } from "../parts/types";

/** What the page carries to start with, so that the way in stands on the wall before anything has connected. */
export interface Start {
  readonly code: string;
  readonly session: string;
  readonly lang: Language;
  readonly programme: { readonly name: string };
  readonly join_url: string;
  readonly host: string;
  readonly qr: QrCode | null;
  /** The sign-in page, which leads back here. */
  readonly signin: string;
}

export function readStart(): Start {
  return JSON.parse(document.getElementById("start")?.textContent ?? "{}") as Start;
}
