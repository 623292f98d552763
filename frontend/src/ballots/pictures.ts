/** Pictures of a ballot whose items have no share that others could be compared with, in place of the common ones. */
import type { BallotKey, Picture, RoundDoc } from "../lib/wire.gen";
import { ballotOf } from "./ballot";

const OWN: Partial<Record<BallotKey, readonly Picture[]>> = { matrix: ["heads", "field"] };

export const ownPictures = (round: RoundDoc): readonly Picture[] => OWN[ballotOf(round)] ?? [];
