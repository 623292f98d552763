/** Offline cache: what a person last saw of a session. It holds only what the server sent to this person, and is shown to
 *  nobody else. */
import { transact } from "./indexed-db";
import type { Earlier } from "./earlier";
import type { PersonDoc, SnapshotDoc } from "./wire.gen";

export interface CachedState {
  session: string;
  /** The person's seed. */
  person: number;
  /** On the server's clock. */
  at: number;
  snapshot: SnapshotDoc;
  /** Absent where a page of before protocol 2 kept it: its snapshot holds all steps. */
  earlier?: Earlier;
  you: PersonDoc;
}

const MONTH = 30 * 24 * 3600_000;

export async function readCached(code: string, person: number): Promise<CachedState | null> {
  const found = await transact<CachedState | undefined>("kept", "readonly", (all) => all.get(code));
  return found && found !== true && found.person === person ? found : null;
}

/** Also forgets sessions of long ago. */
export function keep(kept: CachedState): void {
  void transact("kept", "relaxed", (all) => {
    all.put(kept);
    const others = all.openCursor();
    others.onsuccess = () => {
      const cursor = others.result;
      if (!cursor) return;
      if ((cursor.value as CachedState).at < kept.at - MONTH) cursor.delete();
      cursor.continue();
    };
  });
}

export function forgetCached(code: string): void {
  void transact("kept", "relaxed", (all) => void all.delete(code));
}
