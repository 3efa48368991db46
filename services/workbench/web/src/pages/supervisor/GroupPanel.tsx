/** Collective disputes, the gravest first. */
import { Link } from 'react-router-dom';
import type { GroupCase } from '@/api/numbers';
import { Grade } from '@/kit/Grade';
import { Panel } from '@/kit/Panel';
import { StatusWord } from '@/kit/StatusTag';
import { Empty, QueryState } from '@/kit/states';
import { dayOf, timeOf } from '@/lib/dates';
import { useServerNow } from '@/lib/serverTime';
import { useWords } from '@/lib/words';
import type { NumbersQuery } from './Overview';
import styles from './overview.module.css';

const MINUTE_MS = 60_000;

function GroupLine({ one }: { one: GroupCase }) {
  const { t } = useWords();
  const now = useServerNow(MINUTE_MS);
  const due = one.due_at ? new Date(one.due_at) : null;
  return (
    <li className={styles.group}>
      <span className={styles.groupGrade}>{one.grade ? <Grade grade={one.grade} /> : <span className={styles.note}>{t('overview.no_grade')}</span>}</span>
      <Link to={`/cases/${one.case_id}`} className={styles.groupTitle}>
        {one.title}
      </Link>
      <span>{t('overview.people_count', { n: one.people })}</span>
      {due && <StatusWord tone={due < now ? 'over' : 'normal'}>{t(due < now ? 'overview.was_due' : 'overview.due', { when: `${dayOf(due, now, t)} ${timeOf(due)}` })}</StatusWord>}
    </li>
  );
}

export function GroupPanel({ query }: { query: NumbersQuery }) {
  const { t } = useWords();
  const units = query.data?.units ?? [];
  const cases = units.reduce((sum, one) => sum + one.groups, 0);
  return (
    <Panel grow title={t('overview.group_cases')} count={query.data && t('overview.cases', { n: cases })} action={<Link to="/cases?state=open&lens=group">{t('overview.all')}</Link>}>
      <QueryState query={query} rows={6}>
        {({ groups }) =>
          groups.length === 0 ? (
            <Empty title={t('overview.no_groups')} />
          ) : (
            <ul>
              {groups.map((one) => (
                <GroupLine key={one.case_id} one={one} />
              ))}
            </ul>
          )
        }
      </QueryState>
    </Panel>
  );
}
