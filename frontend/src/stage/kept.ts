/** A page that the room had turned to, for as long as this window lives. A browser may forbid it. */
export function keep(name: string, page: number): void {
  try {
    sessionStorage.setItem(name, String(page));
  } catch {
    // Then a reload starts at the first picture.
  }
}

export function recall(name: string): number {
  try {
    return Math.max(0, Number.parseInt(sessionStorage.getItem(name) ?? "0", 10) || 0);
  } catch {
    return 0;
  }
}
