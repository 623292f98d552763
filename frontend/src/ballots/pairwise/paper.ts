import type { PairwiseRules } from "../../lib/wire.gen";
import { t } from "../../messages";
import type { PaperBallot } from "../paper";
import Form from "./Paper.svelte";
import Sheet from "./Sheet.svelte";

export const paper: PaperBallot<PairwiseRules> = {
  how: () => [t("Put a cross on each line at the one that matters more to you.")],
  fields: () => [],
  Form,
  Sheet,
};
