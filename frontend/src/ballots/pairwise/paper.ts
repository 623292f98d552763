import type { PairwiseRules } from "../../lib/wire.gen";
import type { PaperBallot } from "../paper";
import Form from "./Paper.svelte";

export const paper: PaperBallot<PairwiseRules> = { fields: () => [], Form };
