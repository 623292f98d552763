import { t } from "../messages";

/** What is wrong with a number of the rules, as it was typed; "" nothing. One that was left empty has its default. */
export function wrongNumber(value: number | null, limits: readonly number[] | undefined, field: string): string {
  const [least = 0, most = Infinity] = limits ?? [];
  if (value === null || (Number.isInteger(value) && value >= least && value <= most)) return "";
  return t("{field}: a whole number from {least} to {most}.", { field, least, most });
}
