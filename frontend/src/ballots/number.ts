import { t } from "../messages";

/** Why a number of the rules cannot be sent; "" when it can. A field that was emptied holds null: wrong, but where the
 *  rules have a default for it.
 */
export function wrongNumber(
  field: string,
  value: number | null,
  limits: readonly number[] | undefined,
  { mayBeEmpty = false } = {},
): string {
  const [least = 0, most = Infinity] = limits ?? [];
  const isRight = value === null ? mayBeEmpty : Number.isInteger(value) && value >= least && value <= most;
  return isRight ? "" : t("{field}: a whole number from {least} to {most}.", { field, least, most });
}
