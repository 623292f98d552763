import type { ItemDoc } from "../lib/wire.gen";
import { t } from "../messages";

/** Which of how many stands on the screen, in this person's own order. */
export const placeWords = (item: ItemDoc, items: readonly ItemDoc[]): string =>
  t("Card {n} of {all}", { n: items.indexOf(item) + 1, all: items.length });
