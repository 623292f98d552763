import { attempt } from "./indexed-db";
import type { Aspect } from "./wire.gen";

/** What was typed and not sent: it survives a reload, a closed tab, a change of language, a step that closes. */
export interface Draft {
  text: string;
  aspect: Aspect | null;
  pillar: string | null;
}

export const EMPTY: Draft = { text: "", aspect: null, pillar: null };

/** Where what is being changed on a card has its place; new cards of a step have the step's id. */
export const changeOf = (card: string): string => `edit-${card}`;

/** What no storage of the browser took, as long as the page. */
const here = new Map<string, string>();

const nameOf = (code: string, place: string): string => `cocreation:${code}:draft:${place}`;

/** Words are nowhere but in this page. */
export const hasUnkeptDrafts = (): boolean => here.size > 0;

const hereOf = (code: string): [string, string][] => [...here].filter(([name]) => name.startsWith(nameOf(code, "")));

/** Where there are words of this session, in any tab. */
export function draftPlaces(code: string): string[] {
  const prefix = nameOf(code, "");
  const stored = [() => localStorage, () => sessionStorage].flatMap(
    (storage) => attempt(() => Array.from({ length: storage().length }, (_, n) => storage().key(n) ?? "")) ?? [],
  );
  const names = [...here.keys(), ...stored].filter((name) => name.startsWith(prefix));
  return [...new Set(names)].map((name) => name.slice(prefix.length));
}

/** A card got its id: what was being written on it goes along. */
export function moveDraft(code: string, from: string, to: string): void {
  const draft = readDraft(code, from);
  if (draft.text === "") return;
  if (readDraft(code, to).text === "") keepDraft(code, to, draft);
  keepDraft(code, from, EMPTY);
}

/** The words of this session that no storage took. */
export const draftsHere = (code: string): string[] =>
  hereOf(code).map(([, words]) => (JSON.parse(words) as Draft).text);

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
