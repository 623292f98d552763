/** What the page brings along. */
export interface Start {
  readonly code: string;
  readonly join: string;
  /** The person's receipt code, as this page was given it for their cookie. */
  readonly receipt: string | null;
  /** The person's seed. */
  readonly person: number | null;
}

export function readStart(): Start | null {
  const text = document.getElementById("start")?.textContent;
  if (!text) return null;
  const start = JSON.parse(text) as Partial<Start> & { code: string };
  const { code, join = `/join/${code}/`, receipt = null, person = null } = start;
  return { code, join, receipt, person };
}
