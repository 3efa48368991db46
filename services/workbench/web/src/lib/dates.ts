/**
 * Dates as people here read them, always in the time of the office (UTC+8, no daylight saving):
 * `11-30 周一` within this year, `2027-01-08` in another one.
 */
import type { TFunction } from 'i18next';

const OFFICE_OFFSET_MS = 8 * 3_600_000;
const DAY_MS = 86_400_000;
const NEAR_DAYS = 14;

/** A moment shifted so that its UTC fields read as office time. */
function office(moment: Date): Date {
  return new Date(moment.getTime() + OFFICE_OFFSET_MS);
}

const two = (value: number): string => String(value).padStart(2, '0');

export function timeOf(moment: Date): string {
  const at = office(moment);
  return `${two(at.getUTCHours())}:${two(at.getUTCMinutes())}`;
}

export function secondsOf(moment: Date): string {
  return `${timeOf(moment)}:${two(office(moment).getUTCSeconds())}`;
}

/** Calendar days from today to that moment, in office time. */
export function daysBetween(now: Date, moment: Date): number {
  return Math.floor(office(moment).getTime() / DAY_MS) - Math.floor(office(now).getTime() / DAY_MS);
}

export function weekdayOf(moment: Date, t: TFunction): string {
  return t(`dates.weekday_${office(moment).getUTCDay()}`);
}

export function monthDay(moment: Date): string {
  const at = office(moment);
  return `${two(at.getUTCMonth() + 1)}-${two(at.getUTCDate())}`;
}

/** `11-30 周一` near, `11-03` far in this year, `2027-01-08` in another year. */
export function dayOf(moment: Date, now: Date, t: TFunction): string {
  const at = office(moment);
  if (at.getUTCFullYear() !== office(now).getUTCFullYear()) return `${at.getUTCFullYear()}-${monthDay(moment)}`;
  const near = Math.abs(daysBetween(now, moment)) <= NEAR_DAYS;
  return near ? `${monthDay(moment)} ${weekdayOf(moment, t)}` : monthDay(moment);
}

/** `今天`, `昨天` or the day. */
export function nearDay(moment: Date, now: Date, t: TFunction): string {
  const days = daysBetween(now, moment);
  if (days >= -1 && days <= 2) return t(`dates.near_${days < 0 ? 'm1' : days}`);
  return dayOf(moment, now, t);
}

/** An ISO date as a moment at the start of that day in the office. */
export function startOfDay(day: string): Date {
  return new Date(Date.parse(`${day}T00:00:00Z`) - OFFICE_OFFSET_MS);
}

/** The full moment, for titles on hover. */
export function fullOf(moment: Date): string {
  return `${office(moment).getUTCFullYear()}-${monthDay(moment)} ${secondsOf(moment)}`;
}

export function durationOf(seconds: number): string {
  return `${two(Math.floor(seconds / 60))}:${two(Math.floor(seconds) % 60)}`;
}

/** The day in the office as an ISO date, for date fields. */
export function isoDayOf(moment: Date): string {
  return office(moment).toISOString().slice(0, 10);
}
