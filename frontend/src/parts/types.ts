import type { Shape } from "../lib/wire.gen";
import type { Localised } from "../messages";

/** The shapes that parts need of what the protocol brings; a wider object fits as well. */
export interface SectorLike {
  readonly key: string;
  readonly shape: Shape;
  readonly name: Localised;
  readonly letter: Localised;
}

export interface PillarLike {
  readonly number: number;
  readonly name: Localised;
  readonly short: Localised;
}

export type AspectKey = "hardware" | "software" | "both" | "unsure";

/** A QR code as one path of dark runs: `M4 4h7v1h-7z…` on a grid of `size` modules, quiet zone included. */
export interface QrCode {
  readonly size: number;
  readonly path: string;
}

/** A length on the screen: pixels, or any CSS length such as `calc(28 * var(--cocreation-stage-unit))`. */
export type Length = number | string;

export const css = (length: Length): string => (typeof length === "number" ? `${length}px` : length);
