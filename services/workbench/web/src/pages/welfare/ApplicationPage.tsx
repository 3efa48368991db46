/** One application: person and arithmetic, checks with the blocked first, and beside them money, publicity, signatures, decision. */
import { useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams } from 'react-router-dom';
import { getApplication, type ApplicationPage as Data } from '@/api/welfare';
import { QueryState } from '@/kit/states';
import page from '@/kit/page.module.css';
import { ActDialogs, type OnAct, type OpenAct } from './ActDialogs';
import { ApplicationHead } from './ApplicationHead';
import { BudgetPanel } from './BudgetPanel';
import { ChecksPanel } from './ChecksPanel';
import { DecisionPanel } from './DecisionPanel';
import { HardshipPanel } from './HardshipPanel';
import { PaymentPanel } from './PaymentPanel';
import { PersonPanel } from './PersonPanel';
import { PublicityPanel } from './PublicityPanel';
import styles from './welfare.module.css';

function Body({ data }: { data: Data }) {
  const navigate = useNavigate();
  const [open, setOpen] = useState<OpenAct | null>(null);
  const act: OnAct = (action, more = {}) => {
    if (action.code === 'form') void navigate(`/welfare/applications/${data.application_id}/form`);
    else setOpen({ action, ...more });
  };
  return (
    <>
      <ApplicationHead data={data} />
      <div className={styles.application}>
        <div className={page.column}>
          <PersonPanel data={data} />
          <HardshipPanel data={data} />
        </div>
        <div className={page.column}>
          <ChecksPanel data={data} onAct={act} />
        </div>
        <div className={page.column}>
          <div className={styles.money}>
            {data.payments.length > 0 && <PaymentPanel data={data} onAct={act} />}
            <BudgetPanel data={data} />
            {data.publicity && <PublicityPanel data={data} publicity={data.publicity} onAct={act} />}
          </div>
          <DecisionPanel data={data} onAct={act} />
        </div>
      </div>
      {open && <ActDialogs data={data} open={open} onClose={() => setOpen(null)} />}
    </>
  );
}

export default function ApplicationPage() {
  const { applicationId = '' } = useParams();
  const query = useQuery({ queryKey: ['application', applicationId], queryFn: () => getApplication(applicationId) });
  return (
    <div className={styles.applicationPage}>
      <QueryState query={query} rows={10}>
        {(data) => <Body key={data.application_id} data={data} />}
      </QueryState>
    </div>
  );
}
