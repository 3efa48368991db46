/** The list of cases: whose, when due, in which state; every filter is part of the address. */
import { Input } from 'antd';
import { useNavigate } from 'react-router-dom';
import { getCases, type CaseRow } from '@/api/workbench';
import { Choices } from '@/kit/Choices';
import { Clock } from '@/kit/Clock';
import { Grade } from '@/kit/Grade';
import { HintLine } from '@/kit/HintLine';
import { Money } from '@/kit/Money';
import { PageHead } from '@/kit/PageHead';
import { Panel } from '@/kit/Panel';
import { QueryTable, useUrlFilter } from '@/kit/QueryTable';
import { StatusTag } from '@/kit/StatusTag';
import type { Column } from '@/kit/QueueList';
import { useWords } from '@/lib/words';
import page from '@/kit/page.module.css';

const SCOPES = ['mine', 'group', 'all'] as const;
const DUES = ['any', 'over', 'today', 'soon'] as const;
const NUMBER_DIGITS = 6;

const rowKey = (row: CaseRow): string => row.case_id;

export default function Cases() {
  const { t, say } = useWords();
  const navigate = useNavigate();
  const [filter, setFilter] = useUrlFilter();
  const columns: Column<CaseRow>[] = [
    { key: 'no', title: t('cases.no'), width: '72px', cell: (row) => <span title={row.case_no}>{row.case_no.slice(-NUMBER_DIGITS)}</span> },
    { key: 'clock', title: t('cases.clock'), width: '128px', cell: (row) => <Clock deadline={row.clock} style="when" /> },
    { key: 'title', title: t('cases.title'), width: 'minmax(0,1fr)', cell: (row) => row.title },
    { key: 'state', title: t('cases.state'), width: '112px', cell: (row) => <StatusTag tone="brand">{say((row.stage ?? row.state).label)}</StatusTag> },
    { key: 'grade', title: t('cases.grade'), width: '56px', cell: (row) => row.grade && <Grade grade={row.grade} /> },
    { key: 'people', title: t('cases.people'), width: '64px', right: true, cell: (row) => row.people },
    { key: 'amount', title: t('cases.amount'), width: '120px', right: true, cell: (row) => <Money fen={row.amount_fen} bare /> },
    { key: 'org', title: t('cases.org'), width: '132px', cell: (row) => row.org.name },
    { key: 'owner', title: t('cases.owner'), width: '80px', cell: (row) => row.owner?.name ?? t('cases.nobody') },
  ];
  const scope = SCOPES.find((one) => one === filter.scope) ?? 'mine';
  const due = DUES.find((one) => one === filter.due) ?? 'any';
  return (
    <div className={page.page}>
      <PageHead
        title={t('cases.page')}
        actions={
          <>
            <Choices plain items={SCOPES.map((value) => ({ value, label: t(`cases.scope_${value}`) }))} value={scope} onChange={(value) => setFilter({ scope: value })} label={t('cases.scope')} />
            <Choices plain items={DUES.map((value) => ({ value, label: t(`cases.due_${value}`) }))} value={due} onChange={(value) => setFilter({ due: value === 'any' ? '' : value })} label={t('cases.clock')} />
            <Input.Search aria-label={t('cases.find')} placeholder={t('cases.find')} defaultValue={filter.q} allowClear style={{ width: 220 }} onSearch={(q) => setFilter({ q })} />
          </>
        }
      />
      <Panel grow still label={t('cases.page')}>
        <QueryTable topic="cases" load={getCases} columns={columns} keyOf={rowKey} onOpen={(row) => void navigate(`/cases/${row.case_id}`)} label={t('cases.page')} />
      </Panel>
      <HintLine hints={[{ keys: ['down', 'up'], says: t('keys.move') }, { keys: ['open'], says: t('keys.open') }, { keys: ['search'], says: t('keys.search') }]} />
    </div>
  );
}
