import { t } from "../../messages";
import type { OwnPicture } from "../pictures";
import { costWords, isChosen } from "./bought";

export const picture: OwnPicture = {
  title: () => t("What the budget buys"),
  short: () => t("what it buys"),
  note: (round, result) =>
    `${costWords(round, result)}. ${t("From the highest place on, whatever the budget still pays for.")}`,
  order: (rows) => [
    ...rows.filter(({ figures }) => isChosen(figures)),
    ...rows.filter(({ figures }) => !isChosen(figures)),
  ],
};
