/** A page of another version of the protocol than the server's: it is loaded anew. */
import { attempt } from "./indexed-db";
import type { WireError } from "./entry";

/** Not more often: the page of before may come again, from another process of a server that is being replaced. */
const AGAIN = 60_000;
/** A room does not load its pages at the same moment. */
const SPREAD = 3000;
const LOOK = 500;
const NAME = "cocreation:loaded-anew";

export const isOutdated = (error: WireError | null): boolean => error?.code === "hello.protocol";

/** Load the page again as soon as that loses nothing. Returns how to stop. Where the browser keeps no note of when that
 *  was, it is left to the person. */
export function loadAnew(isSafe: () => boolean, load: () => void = () => location.reload()): () => void {
  let timer: ReturnType<typeof setTimeout>;
  const look = (): void => {
    const last = attempt(() => sessionStorage.getItem(NAME));
    if (last === undefined) return;
    const due = Number(last ?? 0) + AGAIN - Date.now();
    if (due > 0 || !isSafe()) timer = setTimeout(look, Math.max(due, LOOK));
    else if (attempt(() => (sessionStorage.setItem(NAME, String(Date.now())), true))) load();
  };
  timer = setTimeout(look, Math.random() * SPREAD);
  return () => clearTimeout(timer);
}
