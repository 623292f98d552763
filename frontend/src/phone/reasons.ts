import type { Reason } from "../lib/wire.gen";
import { t } from "../messages";

/** For whoever wrote the card. */
export function whyHidden(reason: Reason | null): string {
  switch (reason) {
    case "name":
      return t("The facilitator hid this card: it holds a name or other personal data.");
    case "off_topic":
      return t("The facilitator hid this card: it is off topic.");
    case "rude":
      return t("The facilitator hid this card: it is rude.");
    case "double":
      return t("The facilitator hid this card: it was there already.");
    default:
      return t("The facilitator hid this card.");
  }
}
