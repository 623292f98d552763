import { t } from "../../messages";
import { fieldNotes } from "../field/notes";
import type { OwnPicture } from "../pictures";
import { isParted, itemPoint } from "./division";

export const picture: OwnPicture = {
  title: () => t("Agreement and division"),
  short: () => t("agreement × division"),
  note: (_, { items }) => {
    const shown = items.filter(isParted);
    return [t("Every O the same weight."), ...fieldNotes(shown.map(itemPoint), shown)].join(" ");
  },
  order: (rows) => rows.filter(({ figures }) => isParted(figures)),
  isShown: ({ items }) => items.some(isParted),
  isWhole: true,
  turns: true,
  hasGroups: true,
};
