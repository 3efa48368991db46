/** What the public reads of aid, and where the money stands: budgets and their ledgers. */
import { api } from './client';
import type { Coded, Day, Instant, OrgRef, Page, Uuid } from './types';

export interface PublicLine {
  name_masked: string;
  unit: string;
  programme: Coded;
  hardship: Coded | null;
  amount_fen: number;
  org: OrgRef;
  starts_on: Day;
  ends_on: Day;
  ends_at: Instant;
  line: string;
}
/** What is public now: masked names, units, classes and amounts, nothing else. */
export const getPublicList = ({ org, cursor }: { org?: string; cursor?: string }) => api.get<Page<PublicLine>>('/api/welfare/publicity', { org, cursor });

/** granted = paid + under way + owed + held + available. */
export interface BudgetLine {
  budget_id: Uuid;
  programme: Coded;
  year: number;
  org: OrgRef;
  fund: string;
  granted_fen: number;
  paid_fen: number;
  under_way_fen: number;
  owed_fen: number;
  held_fen: number;
  available_fen: number;
}
export const getBudgets = () => api.get<BudgetLine[]>('/api/welfare/budgets');

export interface LedgerLine {
  no: number;
  transfer_id: Uuid;
  booked_at: Instant;
  code: string;
  kind: string;
  debit: string;
  credit: string;
  amount_fen: number;
  /** Free in the budget after it. */
  available_fen: number;
  application_id: Uuid | null;
  application_no: string | null;
  reason: string;
}
/** `broken` names the promises of the books that do not hold; empty is what it should be. */
export const getLedger = (budgetId: Uuid, cursor?: string) =>
  api.get<Page<LedgerLine> & { budget: BudgetLine; broken: string[] }>(`/api/welfare/budgets/${budgetId}/ledger`, { cursor });
