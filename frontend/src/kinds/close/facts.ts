import type { KindFacts } from "../facts";

export const facts = { input: null, showsSubject: false } satisfies KindFacts;
