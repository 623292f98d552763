import type { Attachment } from "svelte/attachments";

/** The first size, from large to small, that fits; the last when none does. Text that fits at one size fits below. */
export function largestFitting(
  sizes: readonly number[],
  fits: (size: number) => boolean,
): { size: number; fitted: boolean } {
  let low = 0;
  let high = sizes.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (fits(sizes[middle] as number)) high = middle;
    else low = middle + 1;
  }
  const fitted = low < sizes.length;
  return { size: sizes[fitted ? low : sizes.length - 1] as number, fitted };
}

export const PROMPT_SIZES = [150, 138, 126, 114, 104, 94, 84, 76, 68, 60, 54, 48, 44, 40, 37, 34, 31, 28];
export const TITLE_SIZES = [72, 66, 60, 54, 48, 42, 38, 34, 31, 28];
export const BODY_SIZES = [56, 52, 48, 44, 40, 37, 34, 31, 28];
/** Words for reading that no longer stand large. */
export const isLong = (words: string): boolean => words.length > 600;
export const NOTE_SIZES = [34, 31, 28];

/** Sets `--size`, in stage units, on a text so that it stands whole in its parent, in at most so many lines. */
export function fit(words: string, sizes: readonly number[], lines = Infinity): Attachment<HTMLElement> {
  return (element) => {
    const box = element.parentElement;
    if (!box || words === "") return;
    const set = (size: number): void => {
      element.style.setProperty("--size", String(size));
      // What stands under it in a second language goes by it.
      box.style.setProperty("--first", String(size));
    };
    const fits = (size: number): boolean => {
      set(size);
      if (element.scrollWidth > element.clientWidth + 1) return false;
      const { fontSize, lineHeight } = getComputedStyle(element);
      // A line set tight lets its letters' boxes, not its letters, reach a little over the edge.
      if (box.scrollHeight > box.clientHeight + 1 + parseFloat(fontSize) * 0.1) return false;
      return element.offsetHeight / parseFloat(lineHeight) < lines + 0.5;
    };
    const run = (): void => {
      // A word is broken only where even the smallest size leaves no room for it.
      element.style.overflowWrap = "normal";
      const { size, fitted } = largestFitting(sizes, fits);
      element.style.overflowWrap = fitted ? "normal" : "anywhere";
      set(size);
    };
    const observer = new ResizeObserver(run);
    observer.observe(box);
    const beside = new MutationObserver(run);
    beside.observe(box, { childList: true, characterData: true, subtree: true });
    document.fonts.addEventListener("loadingdone", run);
    return () => {
      observer.disconnect();
      beside.disconnect();
      document.fonts.removeEventListener("loadingdone", run);
    };
  };
}
