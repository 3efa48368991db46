/** The instalments as a table; the line under it says at once whether they make the total. */
import { CheckCircleFilled, DeleteOutlined, PlusOutlined, WarningFilled } from '@ant-design/icons';
import { Input } from 'antd';
import { Act } from '@/kit/Act';
import { FieldError } from '@/kit/Field';
import { yuanText } from '@/kit/Money';
import { useWords } from '@/lib/words';
import { today } from '../shared/days';
import { split, type Balance, type PlanRow } from './plan';
import styles from './agreement.module.css';

const ROWS_MAX = 60;

interface Props {
  rows: PlanRow[];
  onChange: (rows: PlanRow[]) => void;
  balance: Balance;
  error: string | null;
}

export function PaymentPlan({ rows, onChange, balance, error }: Props) {
  const { t } = useWords();
  const edit = (id: number, changed: Partial<PlanRow>) => onChange(rows.map((one) => (one.id === id ? { ...one, ...changed } : one)));
  const add = () => {
    const rest = balance.difference !== null && balance.difference > 0 ? yuanText(balance.difference) : '';
    onChange([...rows, { id: Math.max(0, ...rows.map((one) => one.id)) + 1, amount: rest, due: '' }]);
  };
  const even = () => {
    const parts = split(balance.total ?? 0, rows.length);
    onChange(rows.map((one, index) => ({ ...one, amount: yuanText(parts[index] ?? 0) })));
  };
  const fits = balance.difference === 0;
  return (
    <section className={styles.plan}>
      <header className={styles.planHead}>
        <h3>{t('agreement.plan')}</h3>
        {rows.length > 1 && (balance.total ?? 0) > 0 && (
          <Act kind="quiet" onAct={even}>
            {t('agreement.even')}
          </Act>
        )}
      </header>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{t('agreement.no')}</th>
            <th scope="col">{t('agreement.due')}</th>
            <th scope="col" className={styles.number}>
              {t('agreement.part')}
            </th>
            <th scope="col" aria-label={t('agreement.remove')} />
          </tr>
        </thead>
        <tbody>
          {rows.map((one, index) => (
            <tr key={one.id}>
              <td>{index + 1}</td>
              <td>
                <Input type="date" min={today()} aria-label={t('agreement.due_of', { n: index + 1 })} value={one.due} onChange={(event) => edit(one.id, { due: event.target.value })} />
              </td>
              <td>
                <Input className={styles.amount} inputMode="decimal" aria-label={t('agreement.part_of', { n: index + 1 })} value={one.amount} onChange={(event) => edit(one.id, { amount: event.target.value })} />
              </td>
              <td>
                <Act size="row" icon={<DeleteOutlined />} label={t('agreement.remove_of', { n: index + 1 })} onAct={() => onChange(rows.filter((each) => each.id !== one.id))}>
                  {''}
                </Act>
              </td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <td colSpan={2}>
              <Act size="row" icon={<PlusOutlined />} blocked={rows.length >= ROWS_MAX} onAct={add}>
                {t('agreement.add')}
              </Act>
            </td>
            <td className={styles.number}>
              <b>{yuanText(balance.sum)}</b>
            </td>
            <td>
              <span className="nl-sr">{t('agreement.yuan')}</span>
            </td>
          </tr>
        </tfoot>
      </table>
      <p className={fits ? styles.fits : styles.off} role="status">
        {fits ? <CheckCircleFilled aria-hidden /> : <WarningFilled aria-hidden />}
        {balance.difference === null
          ? t('agreement.unreadable')
          : fits
            ? t('agreement.fits', { amount: yuanText(balance.sum) })
            : t(balance.difference > 0 ? 'agreement.short' : 'agreement.over', { amount: yuanText(Math.abs(balance.difference)) })}
      </p>
      {error && <FieldError>{error}</FieldError>}
    </section>
  );
}
