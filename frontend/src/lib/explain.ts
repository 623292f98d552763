import { t } from "../messages";

/** Why this device itself refuses an answer. */
export function explain(reason: "server.unavailable" | "auth.not_joined" | "card.unknown"): string {
  switch (reason) {
    case "server.unavailable":
      return t("There was no connection for too long, so this was not done.");
    case "auth.not_joined":
      return t("This was written before you joined again, so it was not sent.");
    case "card.unknown":
      return t("The card this belongs to is not there.");
  }
}
