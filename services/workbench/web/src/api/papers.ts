/** What printed papers are made of besides the read model: the case as intake keeps it. People are masked. */
import { api } from './client';
import type { Coded, Instant, PersonMasked, Text, Uuid } from './types';

export interface RegisteredCase {
  case_id: Uuid;
  case_no: string;
  title: string;
  narrative: string;
  state: Coded;
  category: Coded;
  urgency: string;
  handling: string;
  channel: string;
  org_name: string;
  region: Coded;
  employer: { name: string; uscc_tail: string | null } | null;
  caller: PersonMasked;
  claimants: PersonMasked[];
  claimant_count: number;
  amount_fen: number | null;
  arrears_months: number | null;
  migrant: boolean | null;
  confidential: string;
  call_back: string;
  received_at: Instant;
  clocks: { title: Text; due_at: Instant | null }[];
}
export const getRegistered = (caseId: Uuid) => api.get<RegisteredCase>(`/api/intake/cases/${caseId}`);
