/** The cases of one employer or one worker: the usual list, held to them; which states, stands in the address. */
import { useMemo } from 'react';
import { useNavigate } from 'react-router-dom';
import { getCases } from '@/api/workbench';
import { Choices } from '@/kit/Choices';
import { Panel } from '@/kit/Panel';
import { QueryTable, useUrlFilter, type Filter } from '@/kit/QueryTable';
import { Empty } from '@/kit/states';
import { useWords } from '@/lib/words';
import { caseKey, useCaseColumns } from '../cases/columns';
import styles from './files.module.css';

const STATES = ['any', 'open', 'closed'] as const;
const COLUMNS = ['no', 'registered', 'title', 'state', 'clock', 'people', 'org'] as const;

export function CasesOf({ about }: { about: Filter }) {
  const { t } = useWords();
  const navigate = useNavigate();
  const [filter, setFilter] = useUrlFilter();
  const columns = useCaseColumns(COLUMNS);
  const state = STATES.find((one) => one === filter.state) ?? 'any';
  const fixed = useMemo(() => ({ ...about, state, sort: 'registered' }), [about, state]);
  const choices = STATES.map((value) => ({ value, label: t(`caselist.state_${value}`) }));
  const head = (
    <>
      <h2 className={styles.listTitle}>{t('files.cases')}</h2>
      <span className={styles.push}>
        <Choices plain items={choices} value={state} onChange={(value) => setFilter({ state: value })} label={t('caselist.by_state')} />
      </span>
    </>
  );
  return (
    <Panel grow still head={head} label={t('files.cases')}>
      <QueryTable
        topic="cases"
        load={getCases}
        columns={columns}
        keyOf={caseKey}
        fixed={fixed}
        onOpen={(row) => void navigate(`/cases/${row.case_id}`)}
        label={t('files.cases')}
        empty={<Empty title={t('files.no_cases')} advice={t('files.no_cases_advice')} />}
      />
    </Panel>
  );
}
