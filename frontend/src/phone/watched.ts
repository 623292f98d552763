/** What phones show, on a page of whoever runs the session. It is asked for again and again; nobody is in the room by it. */
import type { SessionClient } from "../lib/session-client";
import type { PersonDoc, SnapshotDoc } from "../lib/wire.gen";

const EVERY = 2_000;
/** What moves through a page and reads it, and gives nothing. */
const READS = new Set(["Tab", "Escape", "PageUp", "PageDown", "Home", "End", "ArrowUp", "ArrowDown"]);
const GIVES = ["click", "submit", "beforeinput", "change", "pointerdown", "keydown", "paste", "drop"] as const;

interface Watched {
  /** Where it is asked for. */
  readonly address: string;
  /** What holds the screen. */
  readonly target: HTMLElement;
}

/** Somebody of the first O who gave nothing. */
const somebody = (snapshot: SnapshotDoc): PersonDoc => ({
  as: "phone",
  tag: "",
  sector: snapshot.sectors[0]?.id ?? "",
  sector_fixed: false,
  retired: false,
  seed: 1,
  tap: 0,
  cards: [],
  votes: [],
  done: false,
  group: null,
});

function stay(event: Event): void {
  if (event instanceof KeyboardEvent && READS.has(event.key)) return;
  event.stopPropagation();
  if (event.type !== "pointerdown") event.preventDefault();
}

/** Show it, and go on. Returns what ends it. */
export function watchRoom(client: SessionClient, { address, target }: Watched): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let ended = false;

  async function look(): Promise<void> {
    const sent = Date.now();
    try {
      const answer = await fetch(address, { headers: { Accept: "application/json" }, credentials: "same-origin" });
      if (!answer.ok) throw new Error(String(answer.status));
      const { snapshot, time } = (await answer.json()) as { snapshot: SnapshotDoc; time: number };
      client.clock.learn(time, sent, Date.now());
      client.show({ status: "connected", snapshot, you: somebody(snapshot) });
    } catch {
      client.show({ status: "offline" });
    }
    if (!ended) timer = setTimeout(() => void look(), EVERY);
  }

  for (const type of GIVES) target.addEventListener(type, stay, { capture: true });
  void look();
  return () => {
    ended = true;
    clearTimeout(timer);
    for (const type of GIVES) target.removeEventListener(type, stay, { capture: true });
  };
}
