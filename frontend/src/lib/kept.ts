/** Offline cache: what a person last saw of a session. It holds only what the server sent to this person, and is shown to
 *  nobody else. */
import { transact } from "./disk";
import type { Earlier } from "./earlier";
import type { PersonDoc, SnapshotDoc } from "./wire.gen";

export interface Kept {
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

export async function readKept(code: string, person: number): Promise<Kept | null> {
  const found = await transact<Kept | undefined>("kept", "readonly", (all) => all.get(code));
  return found && found !== true && found.person === person ? found : null;
}

/** Also forgets sessions of long ago. */
export function keep(kept: Kept): void {
  void transact("kept", "relaxed", (all) => {
    all.put(kept);
    const others = all.openCursor();
    others.onsuccess = () => {
      const cursor = others.result;
      if (!cursor) return;
      if ((cursor.value as Kept).at < kept.at - MONTH) cursor.delete();
      cursor.continue();
    };
  });
}

export function forgetKept(code: string): void {
  void transact("kept", "relaxed", (all) => void all.delete(code));
}
