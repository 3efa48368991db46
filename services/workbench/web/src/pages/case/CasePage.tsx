/** One case over all services: head, every date with its rule, what happened, what is missing for the next step, who is in it. */
import { useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams } from 'react-router-dom';
import type { AllowedAction } from '@/api/types';
import { getCase, type CasePage as Case } from '@/api/workbench';
import { DateStrip } from '@/kit/DateStrip';
import { QueryState } from '@/kit/states';
import { useMedia } from '@/lib/useMedia';
import { useWords } from '@/lib/words';
import { ActionDialog } from './ActionDialog';
import { AllDates } from './AllDates';
import { CaseHead } from './CaseHead';
import { NextStepPanel } from './NextStepPanel';
import { PartiesPanel } from './PartiesPanel';
import { CaseTabs } from './CaseTabs';
import { usePresence } from './usePresence';
import page from '@/kit/page.module.css';
import styles from './case.module.css';

const DATES_SHOWN = 5;
const DATES_SHOWN_WIDE = 7;

export default function CasePage() {
  const { caseId = '' } = useParams();
  const query = useQuery({ queryKey: ['case', caseId], queryFn: () => getCase(caseId) });
  return (
    <QueryState query={query} rows={8}>
      {(data) => <Loaded key={data.case_id} data={data} />}
    </QueryState>
  );
}

function Loaded({ data }: { data: Case }) {
  const { t, say } = useWords();
  const navigate = useNavigate();
  const wide = useMedia('(min-width: 1600px)');
  const [action, setAction] = useState<AllowedAction | null>(null);
  const [allDates, setAllDates] = useState(false);
  const [editing, setEditing] = useState(false);
  const present = usePresence(data, editing || action !== null);
  const act = (one: AllowedAction) => {
    if (one.blocked) return;
    if (one.href) void navigate(one.href);
    else setAction(one);
  };
  const done = data.clocks.filter((one) => one.state === 'done').length;
  return (
    <>
      <CaseHead data={data} present={present} onAct={act} />
      <DateStrip
        deadlines={data.clocks}
        shown={wide ? DATES_SHOWN_WIDE : DATES_SHOWN}
        rest={
          <div className={styles.rest}>
            <button type="button" className={styles.link} onClick={() => setAllDates(true)}>
              {t('case.all_dates', { n: data.clocks.length })}
            </button>
            <span>{t('case.dates_done', { n: done })}</span>
            <span>{say(data.limitation)}</span>
          </div>
        }
      />
      <div className={`${page.page} ${page.ends}`}>
        <div className={`${page.columns} ${styles.columns}`}>
          <CaseTabs data={data} onEditing={setEditing} />
          <div className={`${page.column} ${styles.side}`}>
            {data.next_step && <NextStepPanel step={data.next_step} onAct={act} />}
            <PartiesPanel data={data} />
          </div>
        </div>
      </div>
      {action && <ActionDialog data={data} action={action} onClose={() => setAction(null)} />}
      <AllDates open={allDates} deadlines={data.clocks} onClose={() => setAllDates(false)} />
    </>
  );
}
