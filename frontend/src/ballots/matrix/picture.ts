import { t } from "../../messages";
import { fieldNotes } from "../field/notes";
import type { OwnPicture } from "../pictures";
import { matrixRules } from "./marks";
import { itemPoint } from "./place";

export const picture: OwnPicture = {
  title: () => t("Where each lies in the field"),
  short: () => t("field"),
  note: (round, { groups, items }) => {
    const rules = matrixRules(round);
    return [
      groups.length > 1
        ? t("Each number is a card at its mean place, every O the same weight.")
        : t("Each number is a card at its mean place."),
      ...fieldNotes(
        items.map((item) => itemPoint(item, rules)),
        items,
      ),
    ].join(" ");
  },
  isWhole: true,
  turns: true,
  isAlone: true,
  hasGroups: true,
};
