/** The signs a phone needs, on the grid of 24 of parts/shapes.ts: only these travel to it. */
export const SIGNS = {
  tick: "M3.5 12.5l5.5 5.5L20.5 6.5",
  hourglass: "M6.5 3h11v4.5L13 12l4.5 4.5V21h-11v-4.5L11 12 6.5 7.5z",
  eye: "M2 12c2.5-4 6-6 10-6s7.5 2 10 6c-2.5 4-6 6-10 6s-7.5-2-10-6zM12 9.2a2.8 2.8 0 1 0 0 5.6 2.8 2.8 0 0 0 0-5.6z",
  "eye-off": "M2 12c2.5-4 6-6 10-6s7.5 2 10 6c-2.5 4-6 6-10 6s-7.5-2-10-6zM9 12a3 3 0 0 1 3-3M4 21.5L20 2.5",
  plus: "M12 4v16M4 12h16",
  up: "M12 20V5M5 12l7-7 7 7",
  screen: "M2 4h20v13H2zM8 21h8",
  minus: "M4 12h16",
  down: "M5 9l7 7 7-7",
  right: "M9 5l7 7-7 7",
  "arrow-up": "M12 20.5V4.5M5 11.5l7-7 7 7",
  "arrow-down": "M12 3.5v16M5 12.5l7 7 7-7",
  back: "M9.5 4.5L4 10l5.5 5.5M4 10h11a4.75 4.75 0 0 1 0 9.5h-4",
  cross: "M5 5l14 14M19 5L5 19",
} as const;

export type SignName = keyof typeof SIGNS;
