/** Whether the system itself keeps up, in one line; the page behind it says what to do. */
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from 'react-router-dom';
import { getOperations } from '@/api/operations';
import { Act } from '@/kit/Act';
import { StatusWord } from '@/kit/StatusTag';
import { QueryState } from '@/kit/states';
import { useWords } from '@/lib/words';
import { healthOf } from '@/pages/operations/health';
import styles from './overview.module.css';

const REFRESH_MS = 30_000;

export function OperationsStrip() {
  const { t, say } = useWords();
  const navigate = useNavigate();
  const query = useQuery({ queryKey: ['operations'], queryFn: getOperations, refetchInterval: REFRESH_MS });
  return (
    <section className={styles.strip} aria-label={t('overview.running')}>
      <b>{t('overview.running')}</b>
      <QueryState query={query} rows={1}>
        {(data) => (
          <>
            <ul className={styles.stripServices}>
              {data.services.map((one) => (
                <li key={one.service}>
                  <StatusWord tone={healthOf(one)}>{say(one.name)}</StatusWord>
                  <b>{one.overview ? t('operations.seconds', { n: one.overview.outbox_age_s.toFixed(1) }) : t('operations.silent')}</b>
                </li>
              ))}
            </ul>
            <dl className={styles.stripSums}>
              <div>
                <dt>{t('operations.parked')}</dt>
                <dd>{t('operations.messages', { n: data.parked.length })}</dd>
              </div>
              <div>
                <dt>{t('operations.browsers')}</dt>
                <dd>{data.browsers}</dd>
              </div>
            </dl>
          </>
        )}
      </QueryState>
      <span className={styles.stripGo}>
        <span className={styles.note}>{t('overview.oldest_unsent')}</span>
        <Act onAct={() => void navigate('/operations')}>{t('overview.see_operations')}</Act>
      </span>
    </section>
  );
}
