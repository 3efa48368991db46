/** Rule 41 as steps: reminded, over time, urged, circulated; below the worst of them, whom to speak to. */
import { Link, useNavigate } from 'react-router-dom';
import type { CaseRow } from '@/api/workbench';
import type { LadderStep } from '@/api/numbers';
import { Clock } from '@/kit/Clock';
import { Panel } from '@/kit/Panel';
import { QueueList, type Column } from '@/kit/QueueList';
import { StatusTag } from '@/kit/StatusTag';
import { Empty, QueryState } from '@/kit/states';
import { useWords } from '@/lib/words';
import { CaseTitle } from '@/pages/cases/CaseTitle';
import type { NumbersQuery } from './Overview';
import styles from './overview.module.css';

const NUMBER_DIGITS = 6;
const rowKey = (row: CaseRow): string => row.case_id;

function Steps({ steps }: { steps: LadderStep[] }) {
  const { say } = useWords();
  return (
    <ol className={styles.ladder}>
      {steps.map((step, index) => (
        <li key={step.code} className={`${styles.rung} ${styles[step.count > 0 ? `rung_${step.code}` : 'rung_none'] ?? ''}`} style={{ '--rung': index } as React.CSSProperties}>
          <Link to={step.href} className={styles.rungLink}>
            <b className={styles.rungCount}>{step.count}</b>
            <span className={styles.rungWords}>
              <b>{say(step.title)}</b>
              <span>{say(step.note)}</span>
            </span>
          </Link>
        </li>
      ))}
    </ol>
  );
}

export function LadderPanel({ query, hideNames }: { query: NumbersQuery; hideNames?: boolean }) {
  const { t, say } = useWords();
  const navigate = useNavigate();
  const columns: Column<CaseRow>[] = [
    { key: 'no', title: t('cases.no'), width: '62px', cell: (row) => <span className={styles.note}>{row.case_no.slice(-NUMBER_DIGITS)}</span> },
    { key: 'title', title: t('cases.title'), width: 'minmax(0,1.4fr)', cell: (row) => <CaseTitle row={row} /> },
    { key: 'clock', title: t('cases.clock'), width: '132px', cell: (row) => <Clock deadline={row.clock} /> },
    { key: 'state', title: t('cases.state'), width: '96px', cell: (row) => <StatusTag tone="brand">{say((row.stage ?? row.state).label)}</StatusTag> },
    { key: 'owner', title: t('overview.owner'), width: 'minmax(0,1fr)', cell: (row) => (hideNames ? row.org.name : [row.org.name, row.owner?.name ?? t('cases.nobody')].join(' · ')) },
  ];
  return (
    <Panel title={t('overview.ladder')} count={t('overview.ladder_note')} action={query.data && <Link to="/cases?state=open&lens=supervised">{t('overview.supervised', { n: query.data.supervised })}</Link>} grow>
      <QueryState query={query} rows={6}>
        {({ ladder }) => (
          <>
            <Steps steps={ladder} />
            <QueueList
              items={ladder.toReversed().flatMap((step) => step.cases)}
              keyOf={rowKey}
              columns={columns}
              label={t('overview.ladder')}
              scope="ladder"
              compact
              onOpen={(row) => void navigate(`/cases/${row.case_id}`)}
              empty={<Empty title={t('overview.none_late')} />}
            />
          </>
        )}
      </QueryState>
    </Panel>
  );
}
