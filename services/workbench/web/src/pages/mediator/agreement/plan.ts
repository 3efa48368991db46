/** The payment plan while it is typed: rows of text, and how far their sum is from the total. Pure, integer fen. */
import type { AgreementDraft, Payment } from '@/api/mediation';
import { fenOf } from '@/kit/Money';

export interface PlanRow {
  id: number;
  amount: string;
  due: string;
}

export interface Balance {
  total: number | null;
  sum: number;
  /** Total minus sum; 0 when they fit, null while an amount cannot be read. */
  difference: number | null;
}

export function balanceOf(total: string, rows: readonly PlanRow[]): Balance {
  const amounts = rows.map((row) => fenOf(row.amount));
  const whole = total.trim() === '' ? 0 : fenOf(total);
  const sum = amounts.reduce<number>((all, one) => all + (one ?? 0), 0);
  return { total: whole, sum, difference: whole === null || amounts.includes(null) ? null : whole - sum };
}

/** The rows as payments, numbered in their order; null while one is not complete. */
export function paymentsOf(rows: readonly PlanRow[]): Payment[] | null {
  const payments = rows.map((row, index) => ({ no: index + 1, amount_fen: fenOf(row.amount) ?? 0, due: row.due }));
  return payments.every((one) => one.amount_fen > 0 && one.due !== '') ? payments : null;
}

/** `n` equal parts of the total; what does not divide goes to the last one. */
export function split(totalFen: number, n: number): number[] {
  const part = Math.floor(totalFen / n);
  return Array.from({ length: n }, (_, index) => (index === n - 1 ? totalFen - part * (n - 1) : part));
}

export type DraftText = Pick<AgreementDraft, 'parties' | 'claims' | 'result' | 'manner' | 'act'>;
