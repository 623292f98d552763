/** The pictures of a result that only one way of voting has: what every screen that turns them knows of it. What it looks
 *  like says its stage. */
import type { BallotKey, ResultDoc, RoundDoc } from "../lib/wire.gen";
import type { Row } from "../projection/results";
import { ballotOf } from "./ballot";
import { picture as budget } from "./budget/picture";
import { picture as matrix } from "./matrix/picture";
import { picture as opinion } from "./opinion/picture";

export interface OwnPicture {
  /** What it shows, never what it proves. */
  readonly title: (round: RoundDoc) => string;
  /** The same on a button of the console. */
  readonly short: () => string;
  /** Under its name. */
  readonly note: (round: RoundDoc, result: ResultDoc) => string;
  /** Which items are in it, in which order; they come in that of their places. */
  readonly order?: (rows: readonly Row[]) => Row[];
  /** There is something to draw; always where nothing else is said. */
  readonly isShown?: (result: ResultDoc) => boolean;
  /** It is one drawing of all items, not a row for each: it has one page. */
  readonly isWhole?: boolean;
  /** With a page more for each item, on which it is the one that is turned to. */
  readonly turns?: boolean;
  /** Items have no share, so there are no pictures of shares beside it. */
  readonly isAlone?: boolean;
  /** It draws the O's: then those that are taken together stand on one line. */
  readonly hasGroups?: boolean;
}

const PICTURES: Readonly<Partial<Record<BallotKey, OwnPicture>>> = { budget, matrix, opinion };

export const ownPicture = (round: RoundDoc): OwnPicture | null => PICTURES[ballotOf(round)] ?? null;
