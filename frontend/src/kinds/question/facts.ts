import type { KindFacts } from "../facts";

export const facts = { input: "cards", showsSubject: false, isPlain: true } satisfies KindFacts;
