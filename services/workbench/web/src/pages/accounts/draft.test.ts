import { expect, test } from 'vitest';
import type { Account } from '@/api/accounts';
import { differing, draftOf, formOf, freshPassword, lacks, NO_ACCOUNT, rebased, type AccountDraft } from './draft';

const KNOWN: Account = { staff_id: 's', version: 3, staff_no: '1207', name: '李婉仪', phone_masked: '139****6207', roles: ['operator'], org: { path: 'zq', name: '肇庆市总工会' }, seat: null, active: true, has_authenticator: false };
const FULL: AccountDraft = { ...NO_ACCOUNT, staff_no: '1299', name: '何敏', roles: ['operator'], org: 'zq' };

test.each<[string, Partial<AccountDraft>, string | null]>([
  ['everything', {}, null],
  ['a job number', { staff_no: '' }, 'accounts.needs_no'],
  ['a job number that fits', { staff_no: '12 99' }, 'accounts.needs_no'],
  ['a name', { name: ' ' }, 'accounts.needs_name'],
  ['a role', { roles: [] }, 'accounts.needs_role'],
  ['a unit', { org: null }, 'accounts.needs_org'],
])('an account needs %s', (_, changed, says) => expect(lacks({ ...FULL, ...changed })).toBe(says));

test('a telephone that was not typed again is not sent: it would be lost', () => {
  expect(formOf(draftOf(KNOWN))).toEqual({ name: '李婉仪', roles: ['operator'], org: 'zq', seat: null });
});

test('a typed telephone is sent', () => expect(formOf({ ...FULL, phone: ' 13900136207 ' }).phone).toBe('13900136207'));

test('a made password fits the rule and is another one each time', () => {
  const made = new Set(Array.from({ length: 50 }, freshPassword));
  expect(made.size).toBe(50);
  for (const one of made) expect(one).toMatch(/^[a-z2-9]{4}-[a-z2-9]{4}-[a-z2-9]{4}$/);
});

const CHANGED: Account = { ...KNOWN, version: 4, roles: ['dispatcher'], seat: '07', active: false };

test('what a colleague changed is named', () => expect(differing(KNOWN, CHANGED)).toEqual(['roles', 'seat', 'active']));

test('what a colleague changed is taken over, what was typed here stays', () => {
  const typed = { ...draftOf(KNOWN), seat: '12', why: '换座席' };
  expect(rebased(typed, KNOWN, CHANGED)).toEqual({ ...typed, roles: ['dispatcher'] });
});
