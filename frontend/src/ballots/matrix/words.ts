import type { RoundDoc } from "../../lib/wire.gen";
import { tenths, text } from "../../messages";
import { matrixRules } from "./marks";

/** The names of both questions with a mean behind each. */
export const meansWords = (round: RoundDoc, means: readonly number[]): string[] => {
  const { across, up } = matrixRules(round);
  return [across, up].map(({ name }, at) => `${text(name)} ${tenths(means[at] ?? 0)}`);
};
