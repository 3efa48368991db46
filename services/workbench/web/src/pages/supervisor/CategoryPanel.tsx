/** What the open cases are about: bars with the number and the share; each opens its list. */
import { Link } from 'react-router-dom';
import { Panel } from '@/kit/Panel';
import { Empty, QueryState } from '@/kit/states';
import { useWords } from '@/lib/words';
import type { NumbersQuery } from './Overview';
import styles from './overview.module.css';

const PERCENT = 100;

export function CategoryPanel({ query }: { query: NumbersQuery }) {
  const { t, say } = useWords();
  const total = query.data?.categories.reduce((sum, one) => sum + one.count, 0) ?? 0;
  const most = Math.max(1, ...(query.data?.categories.map((one) => one.count) ?? []));
  return (
    <Panel title={t('overview.categories')} count={query.data && t('overview.cases', { n: total })}>
      <QueryState query={query} rows={6}>
        {(data) =>
          data.categories.length === 0 ? (
            <Empty title={t('overview.none_open')} />
          ) : (
            <ul className={styles.bars}>
              {data.categories.map((one, index) => (
                <li key={one.code}>
                  <Link to={one.href} className={styles.barRow}>
                    <span className={styles.barName}>{say(one.title)}</span>
                    <span className={styles.barTrack} aria-hidden>
                      <span className={`${styles.bar} ${index === 0 ? styles.barFirst : ''}`} style={{ width: `${(one.count / most) * PERCENT}%` }} />
                    </span>
                    <b>{one.count}</b>
                    <span className={styles.note}>{((one.count / total) * PERCENT).toFixed(1)}%</span>
                  </Link>
                </li>
              ))}
            </ul>
          )
        }
      </QueryState>
    </Panel>
  );
}
