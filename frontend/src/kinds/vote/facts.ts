import type { KindFacts } from "../facts";

export const facts = { input: "marks", showsSubject: false } satisfies KindFacts;
