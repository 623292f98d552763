import type { Aspect, SnapshotDoc } from "../lib/wire.gen";
import { isMarked } from "./leaves.svelte";
import type { Scene } from "./scene";

/** What stands large, with what the room may know of it. */
export interface LargeCard {
  readonly id: string;
  readonly text: string;
  readonly language: string | undefined;
  readonly aspect: Aspect;
  readonly pillar: string;
  readonly sector: string | null;
  /** Cards beside it show their O. */
  readonly marked: boolean;
}

/** The card that the session wants large, if this scene has it and may show it. */
export function largeCard(snapshot: SnapshotDoc, scene: Scene, id: string | null): LargeCard | null {
  if (id === null) return null;
  if (scene.kind === "wall") {
    const card = scene.cards.find((each) => each.id === id);
    return card ? { ...card, marked: isMarked(scene.cards) } : null;
  }
  if (scene.kind !== "result" && scene.kind !== "tally" && scene.kind !== "voting") return null;
  const item = scene.round?.items.find(({ card, hidden }) => card === id && !hidden);
  if (!item || item.aspect === null || item.pillar === null) return null;
  const { text, aspect, pillar } = item;
  // A vote shows no O on a card; the language is known where the card itself is.
  const language = snapshot.cards.find((card) => card.id === id)?.language;
  return { id, text, language, aspect, pillar, sector: null, marked: false };
}
