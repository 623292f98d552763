/** On the page that says that there is no session with this code: what this browser still keeps of it is shown once,
 *  and forgotten. */
import { forgetSession, readUnsent } from "../lib/forget";

const code = /^\/(?:s|join)\/([A-Za-z0-9]{1,12})\//.exec(location.pathname)?.[1]?.toUpperCase();
const section = document.getElementById("unsent");

async function show(code: string, section: HTMLElement): Promise<void> {
  const texts = await readUnsent(code);
  const list = section.querySelector("ul");
  for (const text of texts) {
    const line = document.createElement("li");
    line.textContent = text;
    list?.append(line);
  }
  section.hidden = texts.length === 0;
  await forgetSession(code);
}

function begin(): void {
  if (!code || !section || document.visibilityState === "hidden") return;
  document.removeEventListener("visibilitychange", begin);
  void show(code, section);
}

// What nobody has seen is not forgotten: a page in the background waits until it is looked at.
document.addEventListener("visibilitychange", begin);
begin();
