/** Who is signed in, the frame around every page, search, and looking at masked data. */
import { api } from './client';
import type { Desk, Page, SearchHit, Session, Settings, Uuid } from './types';

export interface SignIn {
  staff_no: string;
  password: string;
  /** Six digits of the authenticator; null when the account has none. */
  totp: string | null;
}

export const getSession = () => api.get<Session>('/api/workbench/session');
export const signIn = (form: SignIn, key: string) => api.post<Session>('/api/workbench/session', form, { key });
export const signOut = () => api.delete<void>('/api/workbench/session');
export const saveSettings = (settings: Settings, key: string) =>
  api.put<Settings>('/api/workbench/settings', settings, { key });
export const getDesk = () => api.get<Desk>('/api/workbench/desk');
export const search = (text: string) => api.get<Page<SearchHit>>('/api/workbench/search', { q: text });

export interface Notice {
  notice_id: Uuid;
  at: string;
  title: string;
  href: string | null;
  read: boolean;
}
export const getNotices = (cursor?: string) => api.get<Page<Notice>>('/api/workbench/notices', { cursor });
export const readNotices = (upTo: Uuid, key: string) =>
  api.post<void>('/api/workbench/notices/read', { up_to: upTo }, { key });

export type RevealOwner = 'intake' | 'mediation' | 'welfare';
export type RevealField = 'name' | 'phone' | 'id_no' | 'bank_account' | 'address';
export type RevealReason = 'contact' | 'verify' | 'document' | 'complaint' | 'other';

export interface RevealRequest {
  kind: 'party' | 'member' | 'payee' | 'staff';
  id: Uuid;
  field: RevealField;
  reason: RevealReason;
  /** Needed when the reason is `other`. */
  note: string;
}
export interface Revealed {
  value: string;
  /** Seconds until the screen must mask it again. */
  remask_after_s: number;
}
/** The owner of the data opens it and writes the audit record in the same transaction. */
export const reveal = (owner: RevealOwner, request: RevealRequest, key: string) =>
  api.post<Revealed>(`/api/${owner}/reveals`, request, { key });
/** Takes a case off the open-work strip; the case itself does not change. */
export const closeWork = (caseId: Uuid) => api.delete<void>(`/api/workbench/open-work/${caseId}`);
