/** Paths on a grid of 24. Shape and colour of an O never change; its letter follows the language. */
import type { Shape } from "../lib/wire.gen";

interface Drawing {
  readonly solid: string;
  readonly open: string;
  /** Where a letter without a drawn path stands. */
  readonly baseline: number;
  /** Drawn for the shape it stands in, so N belongs to the triangle and to no other. */
  readonly letters?: Readonly<Record<string, string>>;
}

/** The pages of the server draw the same: sessions/templatetags/sector_mark.py. */
export const SHAPES: Readonly<Record<Shape, Drawing>> = {
  circle: {
    solid: "M12 1a11 11 0 1 0 0 22 11 11 0 0 0 0-22z",
    open: "M12 2.8a9.2 9.2 0 1 0 0 18.4 9.2 9.2 0 0 0 0-18.4z",
    baseline: 16.6,
    letters: {
      W: "M5.4 7.8h2.5l1.6 5.1 1.6-5.1h1.8l1.6 5.1 1.6-5.1h2.5l-2.9 8.4h-2.3L12 11.6l-1.4 4.6H8.3z",
      E: "M8.6 7.2h7.4v2.2h-4.9v1.5h4.3v2.1h-4.3v1.6h5v2.2H8.6z",
    },
  },
  diamond: {
    solid: "M12 0l12 12-12 12L0 12z",
    open: "M12 2.4l9.6 9.6-9.6 9.6L2.4 12z",
    baseline: 16.6,
    letters: {
      Z: "M8 7.4h8v2l-4.7 5h4.8v2.2H7.9v-2l4.7-5H8z",
      R: "M8.4 7.2h4.8a3.5 3.5 0 0 1 1.7 6.6l2.2 3h-2.9l-1.9-2.7h-1.5v2.7H8.4zm2.4 2.1v2.8h2.2a1.4 1.4 0 0 0 0-2.8z",
    },
  },
  triangle: {
    solid: "M12 1l12 21.5H0z",
    open: "M12 4l9.6 17H2.4z",
    baseline: 20,
    letters: { N: "M8.4 11.8h2.2l2.9 4.4v-4.4h2.2v8.2h-2.2l-2.9-4.4V20H8.4z" },
  },
  square: {
    solid: "M2 2h20v20H2z",
    open: "M3.4 3.4h17.2v17.2H3.4z",
    baseline: 17,
    letters: {
      H: "M7.4 7h2.5v3.8h4.2V7h2.5v10h-2.5v-3.9H9.9V17H7.4z",
      G: "M16.5 8.9l-1.9 1.4a3.2 3.2 0 1 0 .2 3.6h-2.5v-2h4.9v.5a5.3 5.3 0 1 1-.7-3.5z",
    },
  },
  house: { solid: "M12 1l11 9v13H1V10z", open: "M12 2.8l9.6 7.8v11H2.4v-11z", baseline: 19 },
  cross: {
    solid: "M8 1h8v7h7v8h-7v7H8v-7H1V8h7z",
    open: "M9.4 2.4h5.2v7h7v5.2h-7v7H9.4v-7h-7V9.4h7z",
    baseline: 16.6,
  },
  wedge: { solid: "M12 23L0 1.5h24z", open: "M12 20L2.4 3h19.2z", baseline: 13 },
  slant: { solid: "M7.5 2H24l-7.5 20H0z", open: "M8.5 3.4h13.4l-6.5 17.2H2.1z", baseline: 16.8 },
};

/** Of an O that a server or a kept page of before told of, there is no shape. */
export const shapeOf = ({ shape }: { readonly shape?: Shape }): Drawing => SHAPES[shape ?? "house"];

/** Pillars are columns under one slab: as many as the pillar's number. */
export function pillarPath(number: number): string {
  if (number <= 1) return "M5 2h14v4h-4v12h4v4H5v-4h4V6H5z";
  if (number === 2) return "M1 2h22v4h-3v12h3v4H1v-4h3V6H1zM9 6v12h6V6z";
  const width = 20 / (2 * number - 1);
  const at = (column: number): string => (2 + column * 2 * width + width).toFixed(2);
  let path = "M0 2h24v4h-2v12h2v4H0v-4h2V6H0z";
  for (let column = 0; column < number - 1; column += 1) {
    path += `M${at(column)} 6v12h${width.toFixed(2)}V6z`;
  }
  return path;
}

export const ASPECTS = {
  hardware: "M1 4h10v7H1zM13 4h10v7H13zM1 13h5v7H1zM8 13h8v7H8zM18 13h5v7h-5z",
  software:
    "M8 3.5a3.8 3.8 0 1 1 0 7.6 3.8 3.8 0 0 1 0-7.6zM.8 20.5c0-4.6 3-7.8 7.2-7.8s7.2 3.2 7.2 7.8z" +
    "M15 3.7a3.8 3.8 0 1 1 0 7.2 6.2 6.2 0 0 0 0-7.2zM15.6 12.9c4.4-.4 7.6 2.9 7.6 7.6h-5.6c0-3-.7-5.6-2-7.6z",
  both: "M0 4h10v7H0zM0 13h4v7H0zM6 13h4v7H6zM18 4a3.6 3.6 0 1 1 0 7.2A3.6 3.6 0 0 1 18 4zM12 20c0-4.5 2.5-7.5 6-7.5s6 3 6 7.5z",
} as const;

export const QUESTION = "M9 9.6a3 3 0 1 1 4.3 2.7c-.9.5-1.3 1-1.3 2.2M12 16.4v2";

/** Drawn with a line of 2.4; what is listed under `FILLED` is a surface. */
export const ICONS = {
  tick: "M3.5 12.5l5.5 5.5L20.5 6.5",
  hourglass: "M6.5 3h11v4.5L13 12l4.5 4.5V21h-11v-4.5L11 12 6.5 7.5z",
  "eye-off": "M2 12c2.5-4 6-6 10-6s7.5 2 10 6c-2.5 4-6 6-10 6s-7.5-2-10-6zM9 12a3 3 0 0 1 3-3M4 21.5L20 2.5",
  eye: "M2 12c2.5-4 6-6 10-6s7.5 2 10 6c-2.5 4-6 6-10 6s-7.5-2-10-6zM12 9.2a2.8 2.8 0 1 0 0 5.6 2.8 2.8 0 0 0 0-5.6z",
  undo: "M9 4L4 9l5 5M4 9h10.5a5 5 0 0 1 0 10H9",
  arrow: "M2 12h19M13.5 4.5L21 12l-7.5 7.5",
  "arrow-left": "M22 12H3M10.5 4.5L3 12l7.5 7.5",
  "arrow-up": "M12 22V3M4.5 10.5L12 3l7.5 7.5",
  "arrow-down": "M12 2v19M4.5 13.5L12 21l7.5-7.5",
  plus: "M12 4v16M4 12h16",
  minus: "M4 12h16",
  chevron: "M5 9l7 7 7-7",
  "chevron-right": "M9 5l7 7-7 7",
  cross: "M5 5l14 14M19 5L5 19",
  pause: "M8 4v16M16 4v16",
  play: "M7 4.5v15L19.5 12z",
  lock: "M4.5 11h15v10h-15zM8 11V7.5a4 4 0 0 1 8 0V11",
  unlock: "M4.5 11h15v10h-15zM8 11V7.5a4 4 0 0 1 7.8-1.3",
  edit: "M4 20v-4L16 4l4 4L8 20z",
  download: "M12 3v13M6 10.5l6 6 6-6M3 21h18",
  link: "M9 15l6-6M10.5 6.5l2-2a4.9 4.9 0 0 1 7 7l-2 2M13.5 17.5l-2 2a4.9 4.9 0 0 1-7-7l2-2",
  screen: "M2.5 4h19v13h-19zM7 21h10",
  phone: "M6.5 2.5h11v19h-11zM10 18.5h4",
  people: "M12 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM4 21.5c0-4.5 3.5-7 8-7s8 2.5 8 7",
  search: "M10.5 3.5a7 7 0 1 0 0 14 7 7 0 0 0 0-14zM15.5 15.5l6 6",
  circle: "M12 3.2a8.8 8.8 0 1 0 0 17.6 8.8 8.8 0 0 0 0-17.6z",
  dot: "M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20z",
  half: "M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20zm0 2.4a7.6 7.6 0 0 1 0 15.2z",
} as const;

export type IconName = keyof typeof ICONS;

export const FILLED: ReadonlySet<IconName> = new Set<IconName>(["dot", "half"]);
