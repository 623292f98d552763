import { t } from "../../messages";
import type { PhoneScreens } from "../phone-kind";
import Collect from "./Collect.svelte";
import Own from "./Own.svelte";

export const screens: PhoneScreens = {
  Open: Collect,
  Own,
  Outcome: Own,
  outcomeWords: () => t("The cards of everyone are on the big screen now. These are yours."),
};
