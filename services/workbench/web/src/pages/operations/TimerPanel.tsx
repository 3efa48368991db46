/** What is due by itself: how many wait, when the first is due, how many fired today, how many failed for good. */
import type { ServiceState } from '@/api/operations';
import { Panel } from '@/kit/Panel';
import { Empty } from '@/kit/states';
import { StatusWord } from '@/kit/StatusTag';
import { nearDay, secondsOf } from '@/lib/dates';
import { serverNow } from '@/lib/serverTime';
import { useWords } from '@/lib/words';
import styles from './operations.module.css';

export function TimerPanel({ services }: { services: ServiceState[] }) {
  const { t, say } = useWords();
  const timers = services.flatMap(({ service, overview }) => (overview?.timers ?? []).map((one) => ({ ...one, service }))).toSorted((a, b) => b.failed - a.failed || b.pending - a.pending);
  const pending = timers.reduce((sum, one) => sum + one.pending, 0);
  const failed = timers.reduce((sum, one) => sum + one.failed, 0);
  return (
    <Panel grow title={t('operations.timers')} count={t('operations.timers_note', { n: pending })} action={failed > 0 && <StatusWord tone="over">{t('operations.timers_failed', { n: failed })}</StatusWord>}>
      {timers.length === 0 ? (
        <Empty title={t('operations.no_timers')} />
      ) : (
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">{t('operations.timer_kind')}</th>
              <th scope="col">{t('operations.handler')}</th>
              <th scope="col" className={styles.number}>
                {t('operations.pending')}
              </th>
              <th scope="col">{t('operations.earliest')}</th>
              <th scope="col" className={styles.number}>
                {t('operations.fired_today')}
              </th>
              <th scope="col" className={styles.number}>
                {t('operations.failed_count')}
              </th>
            </tr>
          </thead>
          <tbody>
            {timers.map((one) => (
              <tr key={`${one.service} ${one.kind}`}>
                <th scope="row" title={one.kind}>
                  {say(one.title)}
                </th>
                <td>{t(`service.${one.service}`)}</td>
                <td className={styles.number}>{one.pending}</td>
                <td>{one.earliest ? `${nearDay(new Date(one.earliest), serverNow(), t)} ${secondsOf(new Date(one.earliest))}` : '—'}</td>
                <td className={styles.number}>{one.fired_today}</td>
                <td className={styles.number}>{one.failed > 0 ? <StatusWord tone="over">{one.failed}</StatusWord> : 0}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Panel>
  );
}
