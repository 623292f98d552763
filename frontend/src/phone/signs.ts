/** The signs a phone needs, on the grid of 24 of parts/shapes.ts: only these travel to it. */
export const SIGNS = {
  tick: "M3.5 12.5l5.5 5.5L20.5 6.5",
  hourglass: "M6.5 3h11v4.5L13 12l4.5 4.5V21h-11v-4.5L11 12 6.5 7.5z",
  eye: "M2 12c2.5-4 6-6 10-6s7.5 2 10 6c-2.5 4-6 6-10 6s-7.5-2-10-6zM12 9.2a2.8 2.8 0 1 0 0 5.6 2.8 2.8 0 0 0 0-5.6z",
  "eye-off": "M2 12c2.5-4 6-6 10-6s7.5 2 10 6c-2.5 4-6 6-10 6s-7.5-2-10-6zM9 12a3 3 0 0 1 3-3M4 21.5L20 2.5",
  plus: "M12 4v16M4 12h16",
  minus: "M4 12h16",
  down: "M5 9l7 7 7-7",
  right: "M9 5l7 7-7 7",
  cross: "M5 5l14 14M19 5L5 19",
} as const;

export type SignName = keyof typeof SIGNS;
