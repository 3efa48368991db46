/** Registered and closed by day, as a chart with a table twin. The chart is loaded when it is first shown. */
import { lazy, Suspense, useState } from 'react';
import type { TrendDay } from '@/api/numbers';
import { Panel } from '@/kit/Panel';
import { Loading, QueryState } from '@/kit/states';
import { useWords } from '@/lib/words';
import type { NumbersQuery } from './Overview';
import styles from './overview.module.css';

const TrendChart = lazy(() => import('./TrendChart'));
const MONTH_DAY_CHARS = 5;

function TrendTable({ days }: { days: TrendDay[] }) {
  const { t } = useWords();
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          <th scope="col">{t('overview.day')}</th>
          <th scope="col" className={styles.number}>
            {t('overview.registered')}
          </th>
          <th scope="col" className={styles.number}>
            {t('overview.closed')}
          </th>
        </tr>
      </thead>
      <tbody>
        {days.toReversed().map((one) => (
          <tr key={one.day}>
            <th scope="row">{one.day.slice(-MONTH_DAY_CHARS)}</th>
            <td className={styles.number}>{one.registered}</td>
            <td className={styles.number}>{one.closed}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

export function TrendPanel({ query }: { query: NumbersQuery }) {
  const { t } = useWords();
  const [asTable, setAsTable] = useState(false);
  return (
    <Panel
      title={t('overview.trend')}
      count={query.data && t('overview.trend_note', { n: query.data.trend.length })}
      still={!asTable}
      action={
        <button type="button" className={styles.linkButton} aria-pressed={asTable} onClick={() => setAsTable(!asTable)}>
          {t(asTable ? 'overview.chart' : 'overview.table')}
        </button>
      }
    >
      <QueryState query={query} rows={6}>
        {(data) =>
          asTable ? (
            <TrendTable days={data.trend} />
          ) : (
            <Suspense fallback={<Loading rows={6} />}>
              <TrendChart days={data.trend} />
            </Suspense>
          )
        }
      </QueryState>
    </Panel>
  );
}
