/** How deadlines are spoken. */
import { describe, expect, it } from 'vitest';
import type { Deadline } from '@/api/types';
import clock from '@/i18n/zh-CN/clock.json';
import dates from '@/i18n/zh-CN/dates.json';
import { clockWords, toneOf } from './clockWords';

const texts: Record<string, Record<string, string>> = { clock, dates };
const t = ((key: string, values: Record<string, unknown> = {}) => {
  const [area, name] = key.split('.') as [string, string];
  return (texts[area]?.[name] ?? key).replaceAll(/\{\{(\w+)\}\}/g, (_, field: string) => String(values[field]));
}) as never;

const NOW = new Date('2026-11-24T14:32:07+08:00');
const due = (at: string, more: Partial<Deadline> = {}): Deadline => ({
  kind: 'close', title: { zh: '', en: '' }, state: 'running', due_at: at, soon_at: null, unit: 'hour', units_left: null, raw_day: null, provisional: false, rule: null, done_at: null, pause_reason: null, ...more,
});

describe('the words of a clock', () => {
  it.each([
    ['2026-11-24T17:30:00+08:00', {}, 'left', '剩 2 小时 57 分'],
    ['2026-11-24T14:36:30+08:00', {}, 'when', '剩 4 分'],
    ['2026-11-24T16:00:00+08:00', {}, 'when', '今天 16:00'],
    ['2026-11-25T12:00:00+08:00', {}, 'when', '明天 12:00'],
    ['2026-12-11T17:00:00+08:00', {}, 'when', '12-11 到期'],
    ['2026-12-03T17:00:00+08:00', { unit: 'workday', units_left: 7 }, 'left', '剩 7 工作日'],
    ['2026-11-30T23:59:00+08:00', { unit: 'day', units_left: 6 }, 'left', '剩 6 天'],
    ['2026-11-26T09:30:00+08:00', { unit: 'event' }, 'left', '后天'],
    ['2026-11-24T14:11:00+08:00', {}, 'when', '超 21 分'],
    ['2026-11-20T17:00:00+08:00', { unit: 'workday', units_left: -2 }, 'left', '超 2 工作日'],
    ['2027-01-08T17:00:00+08:00', {}, 'when', '2027-01-08 到期'],
  ] as const)('%s %o %s reads %s', (at, more, style, words) => expect(clockWords(due(at, more), NOW, style, t)).toBe(words));

  it('turns amber at soon_at and red at due_at, and stands still when paused', () => {
    const running = due('2026-11-24T16:00:00+08:00', { soon_at: '2026-11-24T14:32:07+08:00' });
    expect(toneOf(running, new Date(NOW.getTime() - 1))).toBe('normal');
    expect(toneOf(running, NOW)).toBe('soon');
    expect(toneOf(running, new Date('2026-11-24T16:00:01+08:00'))).toBe('over');
    expect(toneOf({ ...running, state: 'paused' }, new Date('2026-11-24T16:00:01+08:00'))).toBe('paused');
  });
});
