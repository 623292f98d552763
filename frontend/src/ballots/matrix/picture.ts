import { t } from "../../messages";
import type { OwnPicture } from "../pictures";

export const picture: OwnPicture = {
  title: () => t("Where each lies in the field"),
  short: () => t("field"),
  note: (_round, { groups, items }) =>
    [
      groups.length > 1
        ? t("Each number is a card at its mean place, every O the same weight.")
        : t("Each number is a card at its mean place."),
      items.some(({ differs }) => differs) ? t("Highlighted: the O’s differ by more than chance.") : "",
    ]
      .filter(Boolean)
      .join(" "),
  isWhole: true,
  turns: true,
  isAlone: true,
};
