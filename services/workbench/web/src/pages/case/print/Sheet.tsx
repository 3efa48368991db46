/** The sheet of an official paper: heading, number, body, who signs, and by whom and when it was printed. */
import type { ReactNode } from 'react';
import { Act } from '@/kit/Act';
import { fullOf } from '@/lib/dates';
import { serverNow } from '@/lib/serverTime';
import { useSession } from '@/lib/session';
import { useWords } from '@/lib/words';
import styles from './print.module.css';

const NOBODY: string[] = [];

interface Props {
  title: string;
  /** Of the case. */
  number: string;
  children: ReactNode;
  /** Who signs, left to right. */
  hands?: string[];
}

export function Sheet({ title, number, children, hands = NOBODY }: Props) {
  const { t } = useWords();
  const { org, name } = useSession();
  return (
    <>
      <div className={styles.tools}>
        <Act kind="primary" onAct={() => window.print()}>
          {t('print.now')}
        </Act>
      </div>
      <article className={styles.sheet}>
        <p className={styles.org}>{org.name}</p>
        <h1>{title}</h1>
        <p className={styles.number}>{t('print.number', { no: number })}</p>
        {children}
        {hands.length > 0 && (
          <dl className={styles.hands}>
            {hands.map((hand) => (
              <div key={hand}>
                <dt>{hand}</dt>
                <dd>{t('print.date_line')}</dd>
              </div>
            ))}
          </dl>
        )}
        <footer className={styles.foot}>{t('print.printed', { name, at: fullOf(serverNow()) })}</footer>
      </article>
    </>
  );
}

/** Rows of a form: what is asked, and what is there. */
export function Rows({ rows }: { rows: [label: string, value: ReactNode][] }) {
  return (
    <table className={styles.form}>
      <tbody>
        {rows.map(([label, value]) => (
          <tr key={label}>
            <th scope="row">{label}</th>
            <td>{value}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
