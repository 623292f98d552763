import type { Picture, ProjectorDoc, ShowStage, SnapshotDoc } from "../lib/wire.gen";
import type { Leaf } from "./leaves.svelte";
import type { Scene } from "./scene";

/** How long a page stands that turns by itself. */
export const TURN = 12_000;

export type Turn = Omit<ShowStage, "step">;

/** Where the projectors are in a scene: as the session says, or at the beginning of what it says nothing of. */
export function whereIn(doc: SnapshotDoc, scene: Scene): ProjectorDoc | null {
  if (scene.kind === "lobby") return null;
  const { step } = scene;
  const stage = doc.session.stage;
  if (stage?.step === step.id) return stage;
  return { step: step.id, picture: "heads", first: null, held: false, card: null, at: step.opened_at ?? 0 };
}

/** Which leaf is shown at a moment of the server's clock. */
export function leafAt(leaves: readonly Leaf[], where: ProjectorDoc, now: number, automatic: boolean): number {
  const from = startOf(leaves, where);
  if (!automatic || where.held || leaves.length < 2) return from;
  return (from + Math.max(0, Math.floor((now - where.at) / TURN))) % leaves.length;
}

/** When the leaf changes next, or null. */
export const nextTurn = (
  leaves: readonly Leaf[],
  where: ProjectorDoc,
  now: number,
  automatic: boolean,
): number | null =>
  automatic && !where.held && leaves.length > 1
    ? where.at + (Math.max(0, Math.floor((now - where.at) / TURN)) + 1) * TURN
    : null;

function startOf(leaves: readonly Leaf[], { picture, first }: ProjectorDoc): number {
  const named = leaves.findIndex((leaf) => leaf.picture === picture && first !== null && leaf.cards.includes(first));
  return Math.max(0, named >= 0 ? named : leaves.findIndex((leaf) => leaf.picture === picture));
}

/** The card that names a page: in the midst of the most that hang under one heading, so that it stays on it when cards before it
 *  come or go, and the one beside it is on it too. Of the first page, the first: nothing hangs before that. */
function nameOf({ page, cards, wall }: Leaf): string | null {
  const sections = wall ? wall.page.map(({ columns }) => columns.flat()) : [cards];
  const longest = sections.reduce((one, other) => (other.length > one.length ? other : one));
  return longest[page > 1 ? longest.length >> 1 : 0] ?? null;
}

/** What to send to show a leaf. Whatever was large makes way. */
export const showLeaf = (leaf: Leaf): Turn => ({ picture: leaf.picture, first: nameOf(leaf), card: null });

export const showPicture = (picture: Picture): Turn => ({ picture, first: null, card: null });

/** Let the page that is shown stand, or turn on from it. */
export const hold = (leaf: Leaf, held: boolean): Turn => ({ ...showLeaf(leaf), held });

/** The leaf before or behind; round and round where they turn by themselves, else null beyond the ends. */
export function leafBeside(leaves: readonly Leaf[], at: number, by: 1 | -1, automatic: boolean): Leaf | null {
  const place = automatic ? (at + by + leaves.length) % leaves.length : at + by;
  return leaves.length > 1 ? (leaves[place] ?? null) : null;
}

export const picturesIn = (leaves: readonly Leaf[]): Picture[] => [...new Set(leaves.map(({ picture }) => picture))];

/** What a key turns: digits the pictures, arrows and page keys (those of a clicker too) the pages, space holds. */
export function turnOf(
  key: string,
  { leaves, at, where, automatic }: { leaves: readonly Leaf[]; at: number; where: ProjectorDoc; automatic: boolean },
): Turn | null {
  const leaf = leaves[at];
  const pictures = picturesIn(leaves);
  const beside = (by: 1 | -1): Turn | null => {
    const found = leafBeside(leaves, at, by, automatic);
    return found && showLeaf(found);
  };
  switch (key) {
    case "ArrowRight":
    case "PageDown":
      return beside(1);
    case "ArrowLeft":
    case "PageUp":
      return beside(-1);
    case "Escape":
      return where.card === null ? null : { card: null };
    case " ":
      return automatic && leaf && leaves.length > 1 ? hold(leaf, !where.held) : null;
    default: {
      const picture = /^[1-9]$/.test(key) && pictures.length > 1 ? pictures[Number(key) - 1] : undefined;
      return picture ? showPicture(picture) : null;
    }
  }
}
