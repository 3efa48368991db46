/** How the system runs: services across, what is parked and what to do about it, timers, and the way of one case. */
import { useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import { getOperations, type Operations } from '@/api/operations';
import type { Service } from '@/api/types';
import { HintLine } from '@/kit/HintLine';
import { PageHead } from '@/kit/PageHead';
import { QueryState } from '@/kit/states';
import { StatusTag, StatusWord } from '@/kit/StatusTag';
import { secondsOf } from '@/lib/dates';
import { useWords } from '@/lib/words';
import page from '@/kit/page.module.css';
import { FlowPanel } from './FlowPanel';
import { healthOf } from './health';
import { ParkedPanel } from './ParkedPanel';
import { ServiceCards } from './ServiceCards';
import { TimerPanel } from './TimerPanel';
import styles from './operations.module.css';

const REFRESH_MS = 5000;
/** Samples of the lag kept for the small curves: four minutes at the rate of refreshing. */
const SAMPLES_MAX = 48;

export type Samples = Partial<Record<Service, number[]>>;

/** The answers themselves hold no history: what this page saw since it was opened is its curve. */
function useSamples(data: Operations | undefined): Samples {
  const [kept, setKept] = useState<{ as_of: string; samples: Samples }>({ as_of: '', samples: {} });
  if (data && data.as_of !== kept.as_of) {
    const samples = { ...kept.samples };
    for (const { service, overview } of data.services) {
      if (overview) samples[service] = [...(samples[service] ?? []), overview.lag_records].slice(-SAMPLES_MAX);
    }
    setKept({ as_of: data.as_of, samples });
  }
  return kept.samples;
}

function Summary({ data }: { data: Operations }) {
  const { t, say } = useWords();
  const troubled = data.services.filter((one) => healthOf(one) !== 'done');
  const words = [...troubled.map((one) => say(one.name)), ...(data.parked.length > 0 ? [t('operations.parked_count', { n: data.parked.length })] : [])];
  if (words.length === 0) return <StatusTag tone="done">{t('operations.all_well')}</StatusTag>;
  return <StatusTag tone={troubled.some((one) => healthOf(one) === 'over') ? 'over' : 'soon'}>{t('operations.look_at', { n: words.length, list: words.join(t('kit.list_comma')) })}</StatusTag>;
}

export default function OperationsPage() {
  const { t } = useWords();
  const query = useQuery({ queryKey: ['operations'], queryFn: getOperations, refetchInterval: REFRESH_MS });
  const samples = useSamples(query.data);
  const answering = query.data?.services.filter((one) => one.reachable).length;
  return (
    <div className={page.page}>
      <PageHead
        title={t('operations.page')}
        actions={
          query.data && (
            <>
              <StatusWord tone={answering === query.data.services.length ? 'done' : 'over'}>{t('operations.answering', { n: answering, of: query.data.services.length })}</StatusWord>
              <StatusWord tone="normal">{t('operations.screens', { n: query.data.browsers })}</StatusWord>
              <span className={styles.note}>{t('operations.as_of', { time: secondsOf(new Date(query.data.as_of)) })}</span>
            </>
          )
        }
      >
        {query.data && <Summary data={query.data} />}
      </PageHead>
      <QueryState query={query} rows={8} title={t('operations.failed')}>
        {(data) => (
          <>
            <ServiceCards services={data.services} samples={samples} />
            <div className={styles.columns}>
              <div className={page.column}>
                <ParkedPanel parked={data.parked} />
                <TimerPanel services={data.services} />
              </div>
              <FlowPanel suggested={data.parked.find((one) => one.case_no)?.case_no ?? null} />
            </div>
          </>
        )}
      </QueryState>
      <HintLine hints={[{ keys: ['down', 'up'], says: t('keys.move') }, { keys: ['replay'], says: t('operations.replay') }]} />
    </div>
  );
}
