/** Where an item lies by how many agree, every O the same weight, and by how far the O's lie apart. */
import type { ResultItemDoc } from "../../lib/wire.gen";
import { pointAt } from "../field/plan";
import type { Spot } from "../field/spots";

/** The O's can be told apart: enough of each answered it. */
export const isParted = ({ shares, spread }: ResultItemDoc): boolean => shares.length > 1 && spread !== null;

export const agreementOf = ({ balanced, share }: ResultItemDoc): number => balanced ?? share;

export const divisionOf = ({ spread }: ResultItemDoc): number => spread ?? 0;

export const itemPoint = (item: ResultItemDoc): Spot => pointAt(agreementOf(item), divisionOf(item));
