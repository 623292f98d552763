import { t, tn } from "../../messages";
import { fieldNotes } from "../field/notes";
import type { OwnPicture } from "../pictures";
import { isParted, itemPoint } from "./division";
import { AGREE, answerWords, opinionRules } from "./marks";

export const picture: OwnPicture = {
  title: () => t("Agreement and division"),
  short: () => t("agreement × division"),
  note: (round, { items }) => {
    const shown = items.filter(isParted);
    const out = items.length - shown.length;
    return [
      t("Further right: more people say “{agree}”, every O the same weight. Higher: the O’s lie further apart.", {
        agree: answerWords(opinionRules(round), AGREE),
      }),
      ...fieldNotes(shown.map(itemPoint), shown),
      ...(out > 0
        ? [
            tn(
              "{n} card is not in it: too few answers of an O.",
              "{n} cards are not in it: too few answers of an O.",
              out,
            ),
          ]
        : []),
    ].join(" ");
  },
  order: (rows) => rows.filter(({ figures }) => isParted(figures)),
  isShown: ({ items }) => items.some(isParted),
  isWhole: true,
  turns: true,
  hasGroups: true,
};
