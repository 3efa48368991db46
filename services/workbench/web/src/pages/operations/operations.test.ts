import { expect, test } from 'vitest';
import type { Hop, ServiceOverview, ServiceState } from '@/api/operations';
import { rowsOf, spanOf } from './flow';
import { healthOf } from './health';

const WELL: ServiceOverview = { outbox_rows: 0, outbox_poisoned: 0, outbox_age_s: 0.1, lag_records: 3, parked: 0, parked_dead: 0, timers: [{ kind: 'remind', title: { zh: '期限提醒', en: 'Reminder' }, pending: 4, failed: 0, fired_today: 1, earliest: null }] };
const state = (overview: ServiceOverview | null): ServiceState => ({ service: 'notify', name: { zh: '通知', en: 'Notices' }, reachable: overview !== null, overview });

test.each<[string, Partial<ServiceOverview> | null, string]>([
  ['is well when all is small', {}, 'done'],
  ['is to be looked at when facts wait too long', { outbox_age_s: 3.8 }, 'soon'],
  ['is to be looked at when it falls behind', { lag_records: 214 }, 'soon'],
  ['is to be looked at when a message is parked', { parked: 1 }, 'soon'],
  ['is bad when a message was given up', { parked: 1, parked_dead: 1 }, 'over'],
  ['is bad when a timer failed for good', { timers: [{ kind: 'remind', title: { zh: '期限提醒', en: 'Reminder' }, pending: 0, failed: 1, fired_today: 0, earliest: null }] }, 'over'],
  ['is bad when it does not answer', null, 'over'],
])('a service %s', (_, part, health) => {
  expect(healthOf(state(part === null ? null : { ...WELL, ...part }))).toBe(health);
});

const hop = (id: string, cause: string | null, service: Hop['service'], at: number): Hop => ({ event_id: id, cause_id: cause, case_no: 'ZQ-20261124-000131', service, name: `${service}.${id}`, title: { zh: id, en: id }, told_ms: at, known_ms: at + 5 });

test('a fact goes to each service whose facts it caused, and to the screens when nothing followed', () => {
  const rows = rowsOf([hop('registered', null, 'intake', 0), hop('opened', 'registered', 'mediation', 15), hop('queued', 'registered', 'notify', 20), hop('graded', 'opened', 'mediation', 23)]);
  expect(rows.map(({ name, from, to, isLast }) => [name, from, to, isLast])).toEqual([
    ['registered', 'intake', 'mediation', false],
    ['registered', 'intake', 'notify', false],
    ['opened', 'mediation', 'workbench', true],
    ['queued', 'notify', 'workbench', true],
    ['graded', 'mediation', 'workbench', true],
  ]);
});

test.each([
  [9.4, 'ms', '9'],
  [1240, 's', '1.2'],
  [185_000, 'min', '3'],
  [7_300_000, 'h', '2'],
  [180_000_000, 'd', '2'],
])('%d ms is spoken in %s', (ms, unit, n) => {
  expect(spanOf(ms)).toEqual({ unit, n });
});
