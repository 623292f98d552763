/** How much of the page lies under the keyboard, as `--keyboard`: on an iPhone the page does not know, and a button
 *  at its bottom would be out of reach. */
export function watchKeyboard(): (() => void) | undefined {
  const view = window.visualViewport;
  if (!view) return undefined;
  const root = document.documentElement;
  const measure = (): void => {
    // Pinched larger is not a keyboard.
    const hidden = view.scale > 1.05 ? 0 : Math.max(0, window.innerHeight - view.height - view.offsetTop);
    root.style.setProperty("--keyboard", `${Math.round(hidden)}px`);
    root.toggleAttribute("data-keyboard", isTyping() && view.height < screen.height * 0.7);
  };
  view.addEventListener("resize", measure);
  view.addEventListener("scroll", measure);
  document.addEventListener("focusin", measure);
  document.addEventListener("focusout", measure);
  measure();
  return () => {
    view.removeEventListener("resize", measure);
    view.removeEventListener("scroll", measure);
    document.removeEventListener("focusin", measure);
    document.removeEventListener("focusout", measure);
  };
}

const isTyping = (): boolean => document.activeElement instanceof HTMLTextAreaElement;
