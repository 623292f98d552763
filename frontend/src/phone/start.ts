/** What the page brings along. Opened from a copy that was kept, it may be another person's than the one who joined last
 *  on this device, which a cookie tells: then it brings nothing of a person. */
export interface Start {
  readonly code: string;
  readonly join: string;
  /** The person's receipt code, as this page was given it for their cookie. */
  readonly receipt: string | null;
  /** The person's seed. */
  readonly person: number | null;
  /** Where what phones show is asked for, on a page of whoever runs the session; null: a phone. */
  readonly watch: string | null;
}

export function readStart(): Start | null {
  const text = document.getElementById("start")?.textContent;
  if (!text) return null;
  const start = JSON.parse(text) as Partial<Start> & { code: string };
  const { code, join = `/join/${code}/`, receipt = null, person = null, watch = null } = start;
  const isTheirs = /\bseed=(\d+)/.exec(document.cookie)?.[1] === String(person);
  return { code, join, receipt: isTheirs ? receipt : null, person: isTheirs ? person : null, watch };
}
