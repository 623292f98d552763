import type { KindFacts, Settled } from "../facts";
import { isVote } from "./mode";

const CARDS: KindFacts = { input: "cards", showsSubject: false, isPlain: true };
const VOTE: KindFacts = { input: "marks", showsSubject: false, holdsOwn: true };

export const facts = (step: Settled): KindFacts => (isVote(step) ? VOTE : CARDS);
