import { language } from "./index";

/** The programme's, whatever a phone's own clock or zone says. The page may carry another one. */
const zone = (): string =>
  (typeof document !== "undefined" && document.documentElement.dataset["timeZone"]) || "Europe/Amsterdam";

const locale = (): string => (language() === "nl" ? "nl-NL" : "en-GB");

type Moment = Date | number | string;
const date = (moment: Moment): Date => (moment instanceof Date ? moment : new Date(moment));

/** What is rounded, as pencil and server have it: 0.575 times 100 is 57.49… in binary, and would be shown as 57. */
export const exact = (value: number): number => Number(value.toPrecision(12));

/** 1234 is 1.234 in Dutch and 1,234 in English. */
export function number(value: number, fractionDigits = 0): string {
  return new Intl.NumberFormat(locale(), { maximumFractionDigits: fractionDigits }).format(exact(value));
}

/** A mean: one digit, also where that is 0. */
export function tenths(value: number): string {
  return new Intl.NumberFormat(locale(), { minimumFractionDigits: 1, maximumFractionDigits: 1 }).format(exact(value));
}

/** From a share of 1: 0.6 is 60 %, with a thin space that does not break. */
export function percent(share: number): string {
  return `${number(share * 100)}\u202f%`;
}

/** 19:42 on the programme's clock, in both languages. */
export function timeOfDay(moment: Moment): string {
  return new Intl.DateTimeFormat("nl-NL", {
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
    timeZone: zone(),
  }).format(date(moment));
}

/** 3 november 2025 / 3 November 2025 */
export function day(moment: Moment): string {
  return new Intl.DateTimeFormat(locale(), { dateStyle: "long", timeZone: zone() }).format(date(moment));
}

/** What a clock shows for the milliseconds left: 4:27, 0:05, 1:02:00. Rounded up, so that 0:00 means over. */
export function minutes(milliseconds: number): string {
  const seconds = Math.max(0, Math.ceil(milliseconds / 1000));
  const two = (part: number): string => String(part).padStart(2, "0");
  const hours = Math.floor(seconds / 3600);
  const rest = Math.floor((seconds % 3600) / 60);
  return hours > 0 ? `${hours}:${two(rest)}:${two(seconds % 60)}` : `${rest}:${two(seconds % 60)}`;
}
