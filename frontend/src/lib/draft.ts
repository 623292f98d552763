import type { Aspect } from "./wire.gen";

/** What was typed and not sent: it survives a reload, a change of language, a step that closes. */
export interface Draft {
  text: string;
  aspect: Aspect | null;
  pillar: string | null;
}

export const EMPTY: Draft = { text: "", aspect: null, pillar: null };

/** Where there is no storage, as long as the page. */
const here = new Map<string, string>();

const nameOf = (code: string, place: string): string => `cocreation:${code}:draft:${place}`;

export function readDraft(code: string, place: string): Draft {
  const name = nameOf(code, place);
  let found = here.get(name) ?? null;
  try {
    found = localStorage.getItem(name) ?? found;
    return found ? { ...EMPTY, ...(JSON.parse(found) as Partial<Draft>) } : { ...EMPTY };
  } catch {
    return { ...EMPTY };
  }
}

export function keepDraft(code: string, place: string, draft: Draft): void {
  const name = nameOf(code, place);
  const empty = draft.text.trim() === "" && draft.aspect === null && draft.pillar === null;
  if (empty) here.delete(name);
  else here.set(name, JSON.stringify(draft));
  try {
    if (empty) localStorage.removeItem(name);
    else localStorage.setItem(name, JSON.stringify(draft));
  } catch {
    // Full or forbidden: the copy of this page has to do.
  }
}

export const dropDraft = (code: string, place: string): void => keepDraft(code, place, EMPTY);
