/** On the page of somebody who waits to be let in: asks how it stands, and loads the page anew once that changed. */
const page = document.getElementById("waiting");
const AGAIN_MS = 3_000;

interface Answer {
  readonly state: string;
  readonly after: number;
}

async function look(url: string, state: string): Promise<void> {
  let after = AGAIN_MS;
  try {
    const answer = await fetch(url, { headers: { Accept: "application/json" } });
    if (answer.ok) {
      const told = (await answer.json()) as Answer;
      if (told.state !== state) return location.reload();
      after = told.after;
    } else if (answer.status < 500 && answer.status !== 429) {
      // The session is gone or archived: its page says so.
      return location.reload();
    }
  } catch {
    // Out of reach: it comes back by itself.
  }
  setTimeout(() => void look(url, state), after);
}

const { look: url, state, after } = page?.dataset ?? {};
if (url && state) setTimeout(() => void look(url, state), Number(after) || AGAIN_MS);
