/** 红黄灯: red is over time, amber is close to it; the same list as everywhere, with its filter held. */
import { useNavigate } from 'react-router-dom';
import { getCases, type CaseRow } from '@/api/workbench';
import { Clock } from '@/kit/Clock';
import { Grade } from '@/kit/Grade';
import { HintLine } from '@/kit/HintLine';
import { PageHead } from '@/kit/PageHead';
import { Panel } from '@/kit/Panel';
import type { Column } from '@/kit/QueueList';
import { QueryTable, useUrlFilter } from '@/kit/QueryTable';
import { StatusTag } from '@/kit/StatusTag';
import { TabRow } from '@/kit/TabRow';
import { Empty } from '@/kit/states';
import { useWords } from '@/lib/words';
import { CaseTitle } from '@/pages/cases/CaseTitle';
import page from '@/kit/page.module.css';
import styles from './overview.module.css';

const LIGHTS = ['over', 'soon'] as const;
const NUMBER_DIGITS = 6;
const rowKey = (row: CaseRow): string => row.case_id;

export default function LightsPage() {
  const { t, say } = useWords();
  const navigate = useNavigate();
  const [filter, setFilter] = useUrlFilter();
  const light = LIGHTS.find((one) => one === filter.due) ?? 'over';
  const columns: Column<CaseRow>[] = [
    { key: 'clock', title: t('cases.clock'), width: '140px', cell: (row) => <Clock deadline={row.clock} /> },
    { key: 'no', title: t('cases.no'), width: '66px', cell: (row) => <span className={styles.note}>{row.case_no.slice(-NUMBER_DIGITS)}</span> },
    { key: 'title', title: t('cases.title'), width: 'minmax(0,1fr)', cell: (row) => <CaseTitle row={row} /> },
    { key: 'due', title: t('overview.what_due'), width: '150px', cell: (row) => say(row.clock?.title) || '—' },
    { key: 'state', title: t('cases.state'), width: '112px', cell: (row) => <StatusTag tone="brand">{say((row.stage ?? row.state).label)}</StatusTag> },
    { key: 'grade', title: t('cases.grade'), width: '56px', cell: (row) => row.grade && <Grade grade={row.grade} /> },
    { key: 'org', title: t('cases.org'), width: '140px', cell: (row) => row.org.name },
    { key: 'owner', title: t('cases.owner'), width: '84px', cell: (row) => row.owner?.name ?? t('cases.nobody') },
  ];
  return (
    <div className={page.page}>
      <PageHead title={t('menu.lights')} note={t('overview.lights_note')} />
      <Panel grow still label={t('menu.lights')} head={<TabRow items={LIGHTS.map((key) => ({ key, label: t(`overview.light_${key}`) }))} value={light} onChange={(due) => setFilter({ due })} label={t('menu.lights')} />}>
        <QueryTable
          topic="cases"
          load={getCases}
          fixed={{ due: light, scope: 'all' }}
          columns={columns}
          keyOf={rowKey}
          onOpen={(row) => void navigate(`/cases/${row.case_id}`)}
          label={t('menu.lights')}
          empty={<Empty title={t(`overview.no_light_${light}`)} />}
        />
      </Panel>
      <HintLine hints={[{ keys: ['down', 'up'], says: t('keys.move') }, { keys: ['open'], says: t('keys.open') }]} />
    </div>
  );
}
