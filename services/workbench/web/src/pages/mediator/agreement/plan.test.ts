import { describe, expect, it } from 'vitest';
import { balanceOf, paymentsOf, split } from './plan';

const row = (amount: string, due = '2026-12-01') => ({ id: 1, amount, due });

describe('the payment plan', () => {
  it.each([
    ['112,000.00', ['50000', '62000'], 0],
    ['112,000', ['50,000.00', '60,000.00'], 200_000],
    ['0.30', ['0.10', '0.10', '0.10'], 0],
    ['100', ['150'], -5000],
    ['', [], 0],
  ])('of %s in %j differs by %d fen', (total, amounts, difference) => {
    expect(balanceOf(total, amounts.map((one) => row(one))).difference).toBe(difference);
  });

  it('says nothing while an amount cannot be read', () => {
    expect(balanceOf('100', [row('abc')]).difference).toBeNull();
    expect(balanceOf('x', [row('100')]).difference).toBeNull();
  });

  it('is sent only when every row has an amount and a day', () => {
    expect(paymentsOf([row('10'), row('20')])).toEqual([{ no: 1, amount_fen: 1000, due: '2026-12-01' }, { no: 2, amount_fen: 2000, due: '2026-12-01' }]);
    expect(paymentsOf([row('10', '')])).toBeNull();
    expect(paymentsOf([row('0')])).toBeNull();
  });

  it.each([[100, 3], [1, 2], [11_200_000, 7]])('%d fen in %d parts lose nothing', (total, n) => {
    const parts = split(total, n);
    expect(parts).toHaveLength(n);
    expect(parts.reduce((sum, one) => sum + one, 0)).toBe(total);
  });
});
