import { number, t } from "../messages";

const MILLION = 1_000_000;

/** Whole euros: € 800.000; from a million on in millions, where one digit behind the comma says it exactly. */
export function euros(value: number): string {
  return value >= MILLION && value % (MILLION / 10) === 0
    ? t("€{n} million", { n: number(value / MILLION, 1) })
    : t("€{n}", { n: number(value) });
}
