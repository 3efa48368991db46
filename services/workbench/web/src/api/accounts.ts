/** Accounts of members of staff, and what a person signs in with. Passwords are never kept by the page. */
import { api } from './client';
import type { Coded, OrgRef, Role, Uuid } from './types';

export interface Account {
  staff_id: Uuid;
  version: number;
  staff_no: string;
  name: string;
  phone_masked: string | null;
  roles: Role[];
  org: OrgRef;
  seat: string | null;
  active: boolean;
  has_authenticator: boolean;
}
export interface Accounts {
  items: Account[];
  /** Units an account can be placed on. */
  orgs: OrgRef[];
  /** Roles a person can be given. */
  roles: Coded[];
}
export interface AccountForm {
  name: string;
  /** Absent: it stays as it is. */
  phone?: string;
  roles: Role[];
  org: string;
  seat: string | null;
}
interface Saved {
  staff_id: Uuid;
  version: number;
}

export const getAccounts = () => api.get<Accounts>('/api/workbench/accounts');
export const createAccount = (form: AccountForm & { staff_no: string }, key: string) => api.post<Saved>('/api/workbench/staff', form, { key });
export const changeAccount = ({ staff_id, version }: Account, form: AccountForm & { active: boolean; why: string }, key: string) =>
  api.put<Saved>(`/api/workbench/staff/${staff_id}`, form, { key, version });
export const resetPassword = (id: Uuid, password: string) => api.put<void>(`/api/workbench/staff/${id}/password`, { password }, {});
export const removeAuthenticator = (id: Uuid) => api.delete<void>(`/api/workbench/staff/${id}/authenticator`);

/** One's own; every session of this person ends with it. */
export const changePassword = (old: string, password: string) => api.put<void>('/api/workbench/password', { old, password }, {});
export interface NewSecret {
  secret: string;
  /** What the QR code holds. */
  uri: string;
}
export const getNewSecret = () => api.get<NewSecret>('/api/workbench/authenticator');
/** Nothing is stored until a code proves that the secret arrived. */
export const proveSecret = (secret: string, code: string) => api.put<void>('/api/workbench/authenticator', { secret, code }, {});
