/** Where: counties in rows, most open cases first, the whole at the end; a rate never stands without its sample. */
import { WarningFilled } from '@ant-design/icons';
import { Link } from 'react-router-dom';
import type { Unit } from '@/api/numbers';
import { Panel } from '@/kit/Panel';
import { Empty, QueryState } from '@/kit/states';
import { useWords } from '@/lib/words';
import type { NumbersQuery } from './Overview';
import styles from './overview.module.css';

const PERCENT = 100;

function Over({ n }: { n: number }) {
  return n > 0 ? (
    <span className={styles.over}>
      <WarningFilled aria-hidden /> {n}
    </span>
  ) : (
    <span className={styles.faint}>0</span>
  );
}

function UnitRow({ unit, most }: { unit: Unit; most: number }) {
  const { t } = useWords();
  return (
    <tr>
      <th scope="row">
        <Link to={unit.href}>{unit.name}</Link>
      </th>
      <td>
        <b className={styles.unitCount}>{unit.open}</b>
        <span className={styles.unitBar} aria-hidden>
          <span className={styles.bar} style={{ width: `${(unit.open / most) * PERCENT}%` }} />
        </span>
      </td>
      <td className={styles.number}>
        <Over n={unit.over} />
      </td>
      <td className={styles.number} title={t('overview.of_closed', { n: unit.closed })}>
        {unit.on_time === null ? '—' : `${unit.on_time.toFixed(1)}%`} <span className={styles.note}>/ {unit.closed}</span>
      </td>
      <td className={styles.number}>{unit.groups}</td>
      <td className={styles.number}>{unit.people}</td>
    </tr>
  );
}

export function UnitPanel({ query }: { query: NumbersQuery }) {
  const { t } = useWords();
  return (
    <Panel title={t('overview.units')} count={query.data && t('overview.units_note', { n: query.data.units.length })}>
      <QueryState query={query} rows={6}>
        {({ units }) => {
          if (units.length === 0) return <Empty title={t('overview.none_open')} />;
          const sum = (name: 'open' | 'over' | 'groups' | 'people' | 'closed') => units.reduce((total, one) => total + one[name], 0);
          return (
            <table className={styles.table}>
              <thead>
                <tr>
                  <th scope="col">{t('overview.unit')}</th>
                  <th scope="col">{t('overview.open')}</th>
                  {['over', 'on_time', 'groups', 'people'].map((name) => (
                    <th key={name} scope="col" className={styles.number}>
                      {t(`overview.${name}`)}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {units.map((unit) => (
                  <UnitRow key={unit.path} unit={unit} most={Math.max(1, units[0]?.open ?? 1)} />
                ))}
              </tbody>
              <tfoot>
                <tr>
                  <th scope="row">{t('overview.total')}</th>
                  <td>
                    <span className={styles.unitCount}>{sum('open')}</span>
                  </td>
                  <td className={styles.number}>
                    <Over n={sum('over')} />
                  </td>
                  <td className={styles.number}>{t('overview.closed_sum', { n: sum('closed') })}</td>
                  <td className={styles.number}>{sum('groups')}</td>
                  <td className={styles.number}>{sum('people')}</td>
                </tr>
              </tfoot>
            </table>
          );
        }}
      </QueryState>
    </Panel>
  );
}
