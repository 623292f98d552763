/** On the page that says that there is no session with this code: what this browser still keeps of it is shown once,
 *  and forgotten. On the one that says that its person is in another browser now it stays kept. */
import { copyText } from "../lib/clipboard";
import { forgetSession, readUnsent } from "../lib/forget";

const code = /^\/(?:s|join)\/([A-Za-z0-9]{1,12})\//.exec(location.pathname)?.[1]?.toUpperCase();
const section = document.getElementById("unsent");

async function show(code: string, section: HTMLElement): Promise<void> {
  const unsent = await readUnsent(code);
  for (const text of unsent.texts) showText(section, text);
  const votes = section.querySelector<HTMLElement>(".votes");
  if (votes && unsent.votes > 0) {
    votes.querySelector("b")?.append(String(unsent.votes));
    votes.hidden = false;
  }
  section.hidden = unsent.texts.length === 0 && (!votes || votes.hidden);
  if (votes) return;
  // These words are nowhere else any more.
  if (!section.hidden) addEventListener("beforeunload", (event) => event.preventDefault());
  await forgetSession(code, unsent);
}

function showText(section: HTMLElement, text: string): void {
  const line = section.querySelector("template")?.content.cloneNode(true) as DocumentFragment;
  const words = line.querySelector("p");
  if (words) words.textContent = text;
  line.querySelector("button")?.addEventListener("click", () => void copy(section, text));
  section.querySelector("ul")?.append(line);
}

async function copy(section: HTMLElement, text: string): Promise<void> {
  const status = section.querySelector<HTMLElement>("[role=status]");
  const { copied, failed } = status?.dataset ?? {};
  const done = await copyText(text);
  if (status) status.textContent = (done ? copied : failed) ?? "";
}

function begin(): void {
  if (!code || !section || document.visibilityState === "hidden") return;
  document.removeEventListener("visibilitychange", begin);
  void show(code, section);
}

// What nobody has seen is not forgotten: a page in the background waits until it is looked at.
document.addEventListener("visibilitychange", begin);
begin();
