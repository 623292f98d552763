import { t } from "../../messages";
import type { OwnPicture } from "../pictures";
import { matrixRules } from "./marks";
import { boxesOf, isMoved } from "./plan";

export const picture: OwnPicture = {
  title: () => t("Where each lies in the field"),
  short: () => t("field"),
  note: (round, { groups, items }) => {
    const { points, spots } = boxesOf(items, matrixRules(round));
    return [
      groups.length > 1
        ? t("Each number is a card at its mean place, every O the same weight.")
        : t("Each number is a card at its mean place."),
      spots.some((spot, place) => isMoved(spot, points[place]))
        ? t("Where there is no room, a line leads from the box to its place.")
        : "",
      items.some(({ differs }) => differs) ? t("Highlighted: the O’s differ by more than chance.") : "",
    ]
      .filter(Boolean)
      .join(" ");
  },
  isWhole: true,
  turns: true,
  isAlone: true,
  hasGroups: true,
};
