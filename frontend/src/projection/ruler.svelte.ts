import type { Attachment } from "svelte/attachments";

export interface Measured {
  readonly text: string;
  readonly lang?: string | undefined;
}

/** How high a text stands at a width and a size, as the browser sets it. The host is an invisible element with the
 *  type of the text; what was measured once is kept. Scaling the sheet changes nothing. */
export class Ruler {
  #host = $state<HTMLElement | null>(null);
  #fonts = $state(0);
  #known = new Map<string, number>();

  readonly attach: Attachment<HTMLElement> = (element) => {
    this.#host = element;
    const forget = (): void => {
      this.#known.clear();
      this.#fonts += 1;
    };
    document.fonts.addEventListener("loadingdone", forget);
    return () => document.fonts.removeEventListener("loadingdone", forget);
  };

  get ready(): boolean {
    return this.#host !== null;
  }

  /** `size`: of the type, where it is not the host's own. */
  heights(texts: readonly Measured[], width: number, size: number | null = null): number[] {
    const host = this.#host;
    void this.#fonts;
    if (!host || width <= 0) return texts.map(() => 0);
    const keys = texts.map(({ text, lang }) => `${width.toFixed(1)} ${size ?? ""} ${lang ?? ""} ${text}`);
    const unknown = texts.flatMap((of, index) => (this.#known.has(keys[index] as string) ? [] : [{ of, index }]));
    if (unknown.length > 0) {
      host.style.width = `${width}px`;
      host.style.fontSize = size === null ? "" : `${size}px`;
      const lines = unknown.map(({ of }) => {
        const line = document.createElement("div");
        if (of.lang) line.lang = of.lang;
        line.textContent = of.text;
        return line;
      });
      host.replaceChildren(...lines);
      lines.forEach((line, place) => {
        const { index } = unknown[place] as { index: number };
        this.#known.set(keys[index] as string, line.offsetHeight);
      });
      host.replaceChildren();
    }
    return keys.map((key) => this.#known.get(key) ?? 0);
  }
}
