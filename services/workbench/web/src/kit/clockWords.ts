/** How a deadline is spoken at a given moment. Pure: the same input gives the same words. */
import type { TFunction } from 'i18next';
import type { Deadline } from '@/api/types';
import { dayOf, daysBetween, monthDay, timeOf } from '@/lib/dates';

export type ClockTone = 'normal' | 'soon' | 'over' | 'done' | 'paused';

const MINUTE_MS = 60_000;
const HOUR_MIN = 60;
const DAY_MIN = 1440;

export function toneOf(deadline: Deadline, now: Date): ClockTone {
  if (deadline.state !== 'running') return deadline.state;
  if (!deadline.due_at) return 'normal';
  if (Date.parse(deadline.due_at) < now.getTime()) return 'over';
  return deadline.soon_at && Date.parse(deadline.soon_at) <= now.getTime() ? 'soon' : 'normal';
}

function length(minutes: number, t: TFunction): string {
  if (minutes < HOUR_MIN) return t('clock.minutes', { n: minutes });
  const hours = Math.floor(minutes / HOUR_MIN);
  const rest = minutes % HOUR_MIN;
  if (minutes < DAY_MIN) return rest ? t('clock.hours_minutes', { h: hours, n: rest }) : t('clock.hours', { h: hours });
  return t('clock.days', { n: Math.floor(minutes / DAY_MIN) });
}

/** `left`: 剩 2 小时 57 分 / 剩 7 工作日. `when`: 剩 19 分 within the hour, else 今天 16:00, else 12-11 到期. */
export function clockWords(deadline: Deadline, now: Date, style: 'left' | 'when', t: TFunction): string {
  if (deadline.state === 'done') return deadline.done_at ? t('clock.done_on', { day: monthDay(new Date(deadline.done_at)) }) : t('clock.done');
  if (deadline.state === 'paused') return t('clock.paused');
  if (!deadline.due_at) return t('clock.none');
  const due = new Date(deadline.due_at);
  const minutes = Math.floor((due.getTime() - now.getTime()) / MINUTE_MS);
  if (minutes < 0) {
    const late = Math.max(1, Math.floor((now.getTime() - due.getTime()) / MINUTE_MS));
    if (deadline.unit === 'workday' && deadline.units_left !== null && deadline.units_left < 0) {
      return t('clock.over', { length: t('clock.workdays', { count: -deadline.units_left }) });
    }
    return t('clock.over', { length: length(late, t) });
  }
  const days = daysBetween(now, due);
  if (style === 'when' || deadline.unit === 'event') return whenWords(due, now, days, minutes, style, t);
  if (days > 0 && deadline.unit === 'workday' && deadline.units_left) {
    return t('clock.left', { length: t('clock.workdays', { count: deadline.units_left }) });
  }
  if (days > 0 && deadline.unit !== 'hour') return t('clock.left', { length: t('clock.days', { n: deadline.units_left ?? days }) });
  return t('clock.left', { length: length(minutes, t) });
}

function whenWords(due: Date, now: Date, days: number, minutes: number, style: 'left' | 'when', t: TFunction): string {
  if (style === 'when' && minutes < HOUR_MIN) return t('clock.left', { length: length(minutes, t) });
  if (days <= 2) {
    const near = t(`dates.near_${days}`);
    return style === 'left' ? near : `${near} ${timeOf(due)}`;
  }
  return style === 'left' ? t('clock.left', { length: t('clock.days', { n: days }) }) : t('clock.due_on', { day: dayOf(due, now, t) });
}
