import { ownPicture } from "../ballots/pictures";
import type { Picture, RoundDoc } from "../lib/wire.gen";
import { t } from "../messages";

/** What a picture shows, never what it proves. */
export function pictureTitle(picture: Picture, four: boolean, round: RoundDoc): string {
  switch (picture) {
    case "heads":
      return t("Every person counts once");
    case "equal":
      return four ? t("Four O’s, each the same weight") : t("The O’s, each the same weight");
    case "apart":
      return t("How far the O’s lie apart");
    case "own":
      return ownPicture(round)?.title(round) ?? "";
    case "change":
      return t("Before and after");
  }
}
