import type { EditSession, SessionDoc, SessionKind } from "../lib/wire.gen";
import { momentOf, wallClock } from "./planned";

/** What the form of the session holds; `planned` as its field has it, empty for no date. */
export interface Naming {
  title_nl: string;
  title_en: string;
  kind: SessionKind;
  planned: string;
}

export const namingOf = (session: SessionDoc): Naming => ({
  title_nl: session.title.nl,
  title_en: session.title.en,
  kind: session.kind,
  planned: session.planned_at === null ? "" : wallClock(session.planned_at),
});

/** Only what was changed here: what another facilitator changed in the meantime stays. */
export function asEdit(written: Naming, was: Naming): EditSession {
  const title_nl = written.title_nl.trim() || written.title_en.trim();
  const title_en = written.title_en.trim() || written.title_nl.trim();
  return {
    ...(title_nl !== was.title_nl && { title_nl }),
    ...(title_en !== was.title_en && { title_en }),
    ...(written.kind !== was.kind && { kind: written.kind }),
    ...(written.planned !== was.planned && { planned_at: written.planned ? momentOf(written.planned) : null }),
  };
}
