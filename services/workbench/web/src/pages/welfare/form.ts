/** The form as it is typed: amounts are text until they are sent, so that nothing typed is lost. */
import type { ApplicationForm, FormExpense, FormMember, HouseholdMoney } from '@/api/welfare';
import { fenOf, yuanText } from '@/kit/Money';

export interface TypedMember extends Omit<FormMember, 'income_fen'> {
  income: string;
  /** Stable key of the row. */
  row: number;
}
export interface TypedExpense extends Omit<FormExpense, 'amount_fen'> {
  amount: string;
  row: number;
}
export interface TypedForm extends Omit<ApplicationForm, 'income_fen' | 'amount_fen' | 'calamity_fen' | 'members' | 'expenses'> {
  income: string;
  amount: string;
  calamity_cost: string;
  members: TypedMember[];
  expenses: TypedExpense[];
}

let lastRow = 0;
const nextRow = (): number => {
  lastRow += 1;
  return lastRow;
};

const typed = (fen: number): string => (fen === 0 ? '' : yuanText(fen));
const fen = (text: string): number => (text.trim() === '' ? 0 : (fenOf(text) ?? 0));

/** Whether the text is neither empty nor an amount. */
export const isWrongAmount = (text: string): boolean => text.trim() !== '' && fenOf(text) === null;

/** Before the first filling: only what has no value of its own. */
export const BLANK: ApplicationForm = {
  name: '', id_no: '', phone: '', address: '', employer_name: '', employer_uscc: '', situation: '', income_fen: 0, amount_fen: 0, reason: '', status: null, member_since: null, migrant: null,
  members: [], expenses: [], calamity_fen: 0, calamity: '', disaster: false, assets: null, aided_elsewhere: null, invoice_no: '',
  account: { number: '', bank: '', holder: '', guardian: '' }, consent_version: '', consented_on: null, publicity_consent: false, own_staff_id: null, relatives: [],
};

export const emptyMember = (): TypedMember => ({ relation: '', name: '', id_no: '', situation: '', income: '', guardian_consent: false, row: nextRow() });
export const emptyExpense = (): TypedExpense => ({ label: '', amount: '', row: nextRow() });

export function typedOf(form: ApplicationForm): TypedForm {
  const { income_fen: income, amount_fen: amount, calamity_fen: calamity, members, expenses, ...rest } = form;
  return {
    ...rest,
    income: typed(income),
    amount: typed(amount),
    calamity_cost: typed(calamity),
    members: members.map(({ income_fen: one, ...member }) => ({ ...member, income: typed(one), row: nextRow() })),
    expenses: expenses.map(({ amount_fen: one, ...expense }) => ({ ...expense, amount: typed(one), row: nextRow() })),
  };
}

export function formOf(form: TypedForm): ApplicationForm {
  const { income, amount, calamity_cost: calamity, members, expenses, ...rest } = form;
  return {
    ...rest,
    income_fen: fen(income),
    amount_fen: fen(amount),
    calamity_fen: fen(calamity),
    members: members.map((one) => ({ relation: one.relation, name: one.name, id_no: one.id_no, situation: one.situation, income_fen: fen(one.income), guardian_consent: one.guardian_consent })),
    expenses: expenses.map((one) => ({ label: one.label, amount_fen: fen(one.amount) })),
    account: { ...rest.account, number: rest.account.number.replaceAll(/\s/g, '') },
  };
}

/** Only the figures, for the arithmetic beside the form. */
export function moneyOf(form: TypedForm, programme: string): HouseholdMoney {
  return {
    programme,
    incomes_fen: [fen(form.income), ...form.members.map((one) => fen(one.income))],
    expenses: form.expenses.map((one) => ({ label: one.label, amount_fen: fen(one.amount) })),
    calamity_fen: fen(form.calamity_cost),
    disaster: form.disaster,
  };
}
