/** Number, state, where from; who and what; amount and term; and how far it is. */
import { Link } from 'react-router-dom';
import type { ApplicationPage } from '@/api/welfare';
import { Clock } from '@/kit/Clock';
import { Money } from '@/kit/Money';
import { StageBar } from '@/kit/StageBar';
import { StatusTag } from '@/kit/StatusTag';
import { monthDay, timeOf } from '@/lib/dates';
import { useWords } from '@/lib/words';
import styles from './welfare.module.css';

const NUMBER_DIGITS = 6;
const MONTH_DAY_CHARS = 5;

export function ApplicationHead({ data }: { data: ApplicationPage }) {
  const { t, say } = useWords();
  const stages = data.steps.map((step) => ({
    code: step.code,
    name: say(step.label),
    note: step.state === 'now' ? t('welfare.now') : (step.on?.slice(-MONTH_DAY_CHARS) ?? undefined),
  }));
  const now = data.steps.findIndex((step) => step.state === 'now');
  return (
    <header className={styles.head}>
      <div className={styles.headTop}>
        <div className={styles.headWords}>
          <div className={styles.headLine}>
            <span>{data.application_no}</span>
            <StatusTag tone="brand">{t([`welfare.waits_${data.state.code}`, say(data.state.label)])}</StatusTag>
            <span>{data.org.name}</span>
            {data.case_no && (
              <span>
                {t('welfare.from_case')} <Link className={styles.inText} to={`/cases/${data.case_id}`}>{data.case_no.slice(-NUMBER_DIGITS)}</Link>
              </span>
            )}
          </div>
          <h1 className={styles.title}>{say(data.title)}</h1>
        </div>
        <dl className={styles.headFigures}>
          <div>
            <dt>{t('welfare.applied_for')}</dt>
            <dd>
              <Money fen={data.amount_fen || null} strong />
            </dd>
          </div>
          {data.clock && (
            <div>
              <dt>
                {say(data.clock.title)}
                {data.clock.rule && ` · ${say(data.clock.rule)}`}
              </dt>
              <dd className={styles.headClock}>
                {data.clock.due_at && <b>{`${monthDay(new Date(data.clock.due_at))} ${timeOf(new Date(data.clock.due_at))}`}</b>}
                <Clock deadline={data.clock} />
              </dd>
            </div>
          )}
        </dl>
      </div>
      <StageBar stages={stages} at={now === -1 ? stages.length : now} />
    </header>
  );
}
