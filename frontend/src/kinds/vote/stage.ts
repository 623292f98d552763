import type { StageKind } from "../stage-kind";
import Results from "../../stage/Results.svelte";
import Tally from "./Tally.svelte";
import Voting from "./Voting.svelte";

export const stage = { voting: Voting, tally: Tally, result: Results } satisfies StageKind;
