/** Now, the steps, the latest date, and the way to arbitration that stays open whatever we do. */
import { CheckOutlined } from '@ant-design/icons';
import type { Tracked, TrackStep } from '@/api/track';
import type { Day } from '@/api/types';
import { richNodes } from '@/kit/Rich';
import { useWords } from '@/lib/words';
import { useTrackDay } from './useTrackDay';
import styles from './track.module.css';

function StepLine({ step, by }: { step: TrackStep; by: Day | null }) {
  const { t, say } = useWords();
  const day = useTrackDay();
  const on = step.on && day(step.on);
  const when = step.state === 'now' ? t('track.now') : on && step.on === by && step.state === 'next' ? t('track.by_day', { day: on }) : on;
  return (
    <li className={`${styles.step} ${styles[`step_${step.state}`]}`} aria-current={step.state === 'now' ? 'step' : undefined}>
      <span className={styles.disc}>{step.state === 'done' && <CheckOutlined aria-label={t('track.done')} />}</span>
      <span className={styles.stepWords}>
        <span className={styles.stepTitle}>{say(step.title)}</span>
        <span className={styles.stepWhen}>{when}</span>
      </span>
    </li>
  );
}

export function Tracking({ data }: { data: Tracked }) {
  const { t, say } = useWords();
  return (
    <>
      <p className={styles.code}>
        <span>{t('track.code')}</span>
        <b>{data.code}</b>
      </p>
      <section className={styles.present} aria-live="polite">
        <p>{t('track.now')}</p>
        <h1>{say(data.title)}</h1>
        <p>{richNodes(say(data.text))}</p>
      </section>
      <ol className={styles.steps} aria-label={t('track.steps')}>
        {data.steps.map((step, index) => (
          <StepLine key={step.title.zh} step={step} by={index === data.steps.length - 1 ? data.answer_by : null} />
        ))}
      </ol>
      {data.arbitration && <p className={styles.rights}>{richNodes(say(data.arbitration))}</p>}
      <p className={styles.orgLine}>{t('track.by', { org: say(data.org_name) })}</p>
    </>
  );
}
