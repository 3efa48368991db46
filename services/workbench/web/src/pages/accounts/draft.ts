/** An account while it is written down. */
import type { Account, AccountForm } from '@/api/accounts';
import type { Role } from '@/api/types';

export interface AccountDraft {
  staff_no: string;
  name: string;
  /** Empty: none for a new account, unchanged for a known one. */
  phone: string;
  roles: Role[];
  org: string | null;
  seat: string;
  why: string;
}

export const REASON_CHARS_MIN = 2;
const STAFF_NO = /^[0-9A-Za-z-]{3,16}$/;
/** Without letters and digits that are mistaken for each other when read aloud. */
const READABLE = 'abcdefghjkmnpqrstuvwxyz23456789';
const PASSWORD_GROUPS = 3;
const GROUP_CHARS = 4;

export const NO_ACCOUNT: AccountDraft = { staff_no: '', name: '', phone: '', roles: [], org: null, seat: '', why: '' };

export const draftOf = (one: Account): AccountDraft => ({ ...NO_ACCOUNT, staff_no: one.staff_no, name: one.name, roles: one.roles, org: one.org.path, seat: one.seat ?? '' });

/** What a colleague changed meanwhile, taken over where this draft had not touched it. */
export function rebased(draft: AccountDraft, seen: Account, latest: Account): AccountDraft {
  const [was, is] = [draftOf(seen), draftOf(latest)];
  const taken = (name: 'name' | 'roles' | 'org' | 'seat') => (JSON.stringify(draft[name]) === JSON.stringify(was[name]) ? { [name]: is[name] } : {});
  return { ...draft, ...taken('name'), ...taken('roles'), ...taken('org'), ...taken('seat') };
}

export type Difference = 'name' | 'phone' | 'roles' | 'org' | 'seat' | 'active';

/** Which parts of the account are not as they were seen. */
export function differing(seen: Account, latest: Account): Difference[] {
  const parts: Record<Difference, (one: Account) => unknown> = {
    name: (one) => one.name,
    phone: (one) => one.phone_masked,
    roles: (one) => one.roles.toSorted().join(),
    org: (one) => one.org.path,
    seat: (one) => one.seat,
    active: (one) => one.active,
  };
  return (Object.keys(parts) as Difference[]).filter((name) => parts[name](seen) !== parts[name](latest));
}

export function formOf({ name, phone, roles, org, seat }: AccountDraft): AccountForm {
  return { name: name.trim(), ...(phone.trim() ? { phone: phone.trim() } : {}), roles, org: org ?? '', seat: seat.trim() || null };
}

/** Key of the sentence that says what is still to be filled in. */
export function lacks({ staff_no, name, roles, org }: AccountDraft): string | null {
  if (!STAFF_NO.test(staff_no)) return 'accounts.needs_no';
  if (!name.trim()) return 'accounts.needs_name';
  if (roles.length === 0) return 'accounts.needs_role';
  return org ? null : 'accounts.needs_org';
}

/** A first password to hand over: three groups, easy to read aloud, never the same twice. */
export function freshPassword(): string {
  const picks = crypto.getRandomValues(new Uint32Array(PASSWORD_GROUPS * GROUP_CHARS));
  const letters = Array.from(picks, (pick) => READABLE[pick % READABLE.length]);
  return Array.from({ length: PASSWORD_GROUPS }, (_, group) => letters.slice(group * GROUP_CHARS, (group + 1) * GROUP_CHARS).join('')).join('-');
}
