import { EARLIEST as FIRST_DAY, LATEST as LAST_DAY } from "../lib/wire.gen";

/** The field of a date and time knows no zone: it holds what a clock on the wall at Kennispark says. */
const ZONE = "Europe/Amsterdam";

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
/** What the wire takes: 1970 up to and with the last day. */
const LAST = Date.parse(LAST_DAY) + DAY;

export const EARLIEST = `${FIRST_DAY}T00:00`;
export const LATEST = `${LAST_DAY}T23:59`;

/** "2026-03-12T19:00" */
export function wallClock(moment: number): string {
  // Swedish writes dates as the field wants them.
  const format = new Intl.DateTimeFormat("sv-SE", {
    dateStyle: "short",
    timeStyle: "short",
    timeZone: ZONE,
  });
  return format.format(moment).replace(" ", "T");
}

/** Null when it is no date, or one that cannot be stored. Of the hour that comes twice in October, the first. */
export function momentOf(written: string): number | null {
  const found = meant(written);
  if (found === undefined || isLeftOut(written)) return null;
  return found >= 0 && found < LAST ? found : null;
}

/** It stands in the hour that the clock leaves out in March. */
export function isLeftOut(written: string): boolean {
  const found = meant(written);
  return found !== undefined && wallClock(found) !== written.slice(0, 16);
}

function meant(written: string): number | undefined {
  const asWritten = Date.parse(`${written}Z`);
  if (Number.isNaN(asWritten)) return undefined;
  const [yesterday, tomorrow] = [asWritten - shiftAt(asWritten - DAY), asWritten - shiftAt(asWritten + DAY)];
  return wallClock(yesterday) !== written && wallClock(tomorrow) === written ? tomorrow : yesterday;
}

/** How far the wall clock is ahead of UTC. */
function shiftAt(moment: number): number {
  const whole = Math.floor(moment / MINUTE) * MINUTE;
  return Date.parse(`${wallClock(whole)}Z`) - whole;
}
