/** The tables of the form: who lives in the household with which income, and what could not be avoided spending. */
import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Checkbox, Input } from 'antd';
import { Act } from '@/kit/Act';
import { FieldError } from '@/kit/Field';
import { Panel } from '@/kit/Panel';
import { Empty } from '@/kit/states';
import { useWords } from '@/lib/words';
import { emptyExpense, emptyMember, isWrongAmount, type TypedExpense, type TypedMember } from './form';
import type { FormProps } from './FormPage';
import { TextField } from './FormFields';
import styles from './form.module.css';

const CHARS_MAX = 200;
const TEXTS = ['relation', 'name', 'id_no', 'situation'] as const;

function RowErrors({ texts }: { texts: (string | null)[] }) {
  const found = texts.filter((one) => one !== null);
  return found.length > 0 ? found.map((one) => <FieldError key={one}>{one}</FieldError>) : null;
}

function Remove({ label, onRemove }: { label: string; onRemove: () => void }) {
  return (
    <button type="button" className={styles.remove} aria-label={label} onClick={onRemove}>
      <DeleteOutlined />
    </button>
  );
}

export function MemberTable({ form, change, errorOf }: FormProps) {
  const { t } = useWords();
  const set = (row: number, part: Partial<TypedMember>) => change({ members: form.members.map((one) => (one.row === row ? { ...one, ...part } : one)) });
  return (
    <Panel
      title={t('welfare.f_members')}
      count={t('welfare.people', { n: form.members.length + 1 })}
      action={
        <Act size="row" icon={<PlusOutlined />} onAct={() => change({ members: [...form.members, emptyMember()] })}>
          {t('welfare.add_member')}
        </Act>
      }
    >
      {form.members.length === 0 && <Empty title={t('welfare.no_members')} advice={t('welfare.no_members_advice')} />}
      {errorOf('members') && <FieldError>{errorOf('members')}</FieldError>}
      {form.members.map((member, index) => (
        <fieldset key={member.row} className={styles.tableRow}>
          <legend className="nl-sr">{t('welfare.member_number', { n: index + 1 })}</legend>
          <div className={styles.member}>
            {TEXTS.map((name) => (
              <Input key={name} aria-label={t(`welfare.m_${name}`)} placeholder={t(`welfare.m_${name}`)} value={member[name]} maxLength={CHARS_MAX} autoComplete="off" status={errorOf(`members.${index}.${name}`) ? 'error' : undefined} onChange={(event) => set(member.row, { [name]: event.target.value })} />
            ))}
            <Input
              aria-label={t('welfare.m_income')}
              placeholder={t('welfare.m_income')}
              inputMode="decimal"
              suffix={t('welfare.yuan')}
              value={member.income}
              status={isWrongAmount(member.income) ? 'error' : undefined}
              onChange={(event) => set(member.row, { income: event.target.value })}
            />
            <Remove label={t('welfare.remove_member', { n: index + 1 })} onRemove={() => change({ members: form.members.filter((one) => one !== member) })} />
          </div>
          <Checkbox checked={member.guardian_consent} onChange={(event) => set(member.row, { guardian_consent: event.target.checked })}>
            {t('welfare.m_guardian')}
          </Checkbox>
          <RowErrors texts={[...TEXTS, 'income_fen', 'guardian_consent'].map((name) => errorOf(`members.${index}.${name}`))} />
        </fieldset>
      ))}
    </Panel>
  );
}

export function ExpenseTable(props: FormProps) {
  const { t } = useWords();
  const { form, change, errorOf } = props;
  const set = (row: number, part: Partial<TypedExpense>) => change({ expenses: form.expenses.map((one) => (one.row === row ? { ...one, ...part } : one)) });
  return (
    <Panel
      title={t('welfare.f_expenses')}
      action={
        <Act size="row" icon={<PlusOutlined />} onAct={() => change({ expenses: [...form.expenses, emptyExpense()] })}>
          {t('welfare.add_expense')}
        </Act>
      }
    >
      {form.expenses.length === 0 && <Empty title={t('welfare.no_expenses')} advice={t('welfare.no_expenses_advice')} />}
      {form.expenses.map((expense, index) => (
        <fieldset key={expense.row} className={styles.tableRow}>
          <legend className="nl-sr">{t('welfare.expense_number', { n: index + 1 })}</legend>
          <div className={styles.expense}>
            <Input aria-label={t('welfare.e_label')} placeholder={t('welfare.e_label')} value={expense.label} maxLength={CHARS_MAX} onChange={(event) => set(expense.row, { label: event.target.value })} />
            <Input aria-label={t('welfare.e_amount')} placeholder={t('welfare.e_amount')} inputMode="decimal" suffix={t('welfare.yuan')} value={expense.amount} status={isWrongAmount(expense.amount) ? 'error' : undefined} onChange={(event) => set(expense.row, { amount: event.target.value })} />
            <Remove label={t('welfare.remove_expense', { n: index + 1 })} onRemove={() => change({ expenses: form.expenses.filter((one) => one !== expense) })} />
          </div>
          <RowErrors texts={['label', 'amount_fen'].map((name) => errorOf(`expenses.${index}.${name}`))} />
        </fieldset>
      ))}
      <div className={styles.grid}>
        <TextField {...props} name="calamity_cost" />
        <TextField {...props} name="calamity" wide />
        <Checkbox className={styles.disaster} checked={form.disaster} onChange={(event) => change({ disaster: event.target.checked })}>
          {t('welfare.f_disaster')}
        </Checkbox>
      </div>
    </Panel>
  );
}
