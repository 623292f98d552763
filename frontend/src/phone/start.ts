/** What the page brings along. */
export interface Start {
  readonly code: string;
  readonly join: string;
  /** The person's receipt code, as this page was given it for their cookie. */
  readonly receipt: string | null;
}

export function readStart(): Start | null {
  const text = document.getElementById("start")?.textContent;
  if (!text) return null;
  const { code, join = `/join/${code}/`, receipt = null } = JSON.parse(text) as Partial<Start> & { code: string };
  return { code, join, receipt };
}
