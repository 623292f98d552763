/** What the page brings along. */
export interface Start {
  readonly code: string;
  readonly join: string;
}

export function readStart(): Start | null {
  const text = document.getElementById("start")?.textContent;
  if (!text) return null;
  const { code, join = `/join/${code}/` } = JSON.parse(text) as { code: string; join?: string };
  return { code, join };
}
