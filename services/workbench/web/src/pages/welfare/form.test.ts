import { expect, test } from 'vitest';
import type { ApplicationForm } from '@/api/welfare';
import { formOf, isWrongAmount, moneyOf, typedOf } from './form';

const FORM: ApplicationForm = {
  name: '冼某', id_no: '', phone: '', address: '', employer_name: '', employer_uscc: '', situation: '', income_fen: 2_640_050, amount_fen: 100_000, reason: '',
  status: 'active', member_since: null, migrant: null, members: [{ relation: '妻子', name: '莫某', id_no: '', situation: '', income_fen: 800_000, guardian_consent: false }],
  expenses: [{ label: '房租', amount_fen: 600_000 }], calamity_fen: 0, calamity: '', disaster: false, assets: null, aided_elsewhere: null, invoice_no: '',
  account: { number: '6217 0000 1111 222', bank: '', holder: '', guardian: '' }, consent_version: '', consented_on: null, publicity_consent: false, own_staff_id: null, relatives: [],
};

test('a form that is only looked at goes back to the cent as it came', () => {
  expect(formOf(typedOf(FORM))).toEqual({ ...FORM, account: { ...FORM.account, number: '621700001111222' } });
});

test('the arithmetic is asked with every income, the applicant first, and with no name', () => {
  expect(moneyOf(typedOf(FORM), 'living')).toEqual({ programme: 'living', incomes_fen: [2_640_050, 800_000], expenses: [{ label: '房租', amount_fen: 600_000 }], calamity_fen: 0, disaster: false });
});

test.each([
  ['', false],
  ['26,400.5', false],
  ['26400.505', true],
  ['-3', true],
  ['two', true],
])('"%s" is a wrong amount: %s', (text, wrong) => {
  expect(isWrongAmount(text)).toBe(wrong);
});
