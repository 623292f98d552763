import OwnVote from "../../ballots/OwnVote.svelte";
import Vote from "../../ballots/Vote.svelte";
import VoteOutcome from "../../ballots/VoteOutcome.svelte";
import type { PhoneScreens } from "../phone-kind";
import { resultWords } from "../result-words";

export const screens: PhoneScreens = { Open: Vote, Own: OwnVote, Outcome: VoteOutcome, outcomeWords: resultWords };
