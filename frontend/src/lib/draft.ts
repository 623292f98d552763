import { attempt } from "./disk";
import type { Aspect } from "./wire.gen";

/** What was typed and not sent: it survives a reload, a closed tab, a change of language, a step that closes. */
export interface Draft {
  text: string;
  aspect: Aspect | null;
  pillar: string | null;
}

export const EMPTY: Draft = { text: "", aspect: null, pillar: null };

/** What no storage of the browser took, as long as the page. */
const here = new Map<string, string>();

const nameOf = (code: string, place: string): string => `cocreation:${code}:draft:${place}`;

/** Words are nowhere but in this page. */
export const hasUnkeptDrafts = (): boolean => here.size > 0;

const hereOf = (code: string): [string, string][] => [...here].filter(([name]) => name.startsWith(nameOf(code, "")));

/** The words of this session that no storage took. */
export const draftsHere = (code: string): string[] => hereOf(code).map(([, words]) => (JSON.parse(words) as Draft).text);

export const forgetDraftsHere = (code: string): void => hereOf(code).forEach(([name]) => here.delete(name));

/** A tab's own comes first: what is typed in another tab at the same time does not take its place on a reload. */
export function readDraft(code: string, place: string): Draft {
  const name = nameOf(code, place);
  const found =
    here.get(name) ?? attempt(() => sessionStorage.getItem(name)) ?? attempt(() => localStorage.getItem(name));
  const known = attempt(() => JSON.parse(found ?? "{}") as Partial<Draft>);
  return { ...EMPTY, ...known };
}

/** False when no storage took it. */
export function keepDraft(code: string, place: string, draft: Draft): boolean {
  const name = nameOf(code, place);
  const isEmpty = draft.text.trim() === "" && draft.aspect === null && draft.pillar === null;
  const words = JSON.stringify(draft);
  const storages = [() => localStorage, () => sessionStorage];
  const full = storages.filter((storage) => {
    const act = (): true => (isEmpty ? storage().removeItem(name) : storage().setItem(name, words), true);
    return attempt(act) === undefined;
  });
  const isKept = isEmpty || full.length < storages.length;
  // Where one took it, older words in the other may not come back in its place.
  if (isKept) for (const storage of full) attempt(() => storage().removeItem(name));
  if (isKept) here.delete(name);
  else here.set(name, words);
  return isKept;
}
