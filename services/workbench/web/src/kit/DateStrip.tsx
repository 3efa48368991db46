/** Every date of a case, nearest first and amber: name, time left, date, rule, and the raw date where it rolled. */
import type { ReactNode } from 'react';
import type { Deadline } from '@/api/types';
import { dayOf, daysBetween, monthDay, startOfDay, timeOf, weekdayOf } from '@/lib/dates';
import { useServerNow } from '@/lib/serverTime';
import { useWords } from '@/lib/words';
import { Clock } from './Clock';
import styles from './strips.module.css';

const STEP_MS = 60_000;

interface Props {
  deadlines: Deadline[];
  /** How many stand in the strip; 5 at 1366, 7 at 1920. */
  shown: number;
  /** The last cell: all of them, and notes. */
  rest?: ReactNode;
}

export function DateStrip({ deadlines, shown, rest }: Props) {
  const { t, say } = useWords();
  const now = useServerNow(STEP_MS);
  const running = deadlines.filter((one) => one.state !== 'done');
  return (
    <ul className={styles.dates} aria-label={t('kit.dates')}>
      {running.slice(0, shown).map((one, index) => (
        <li key={`${one.kind}-${one.due_at}`} className={`${styles.date} ${index === 0 ? styles.nearest : ''}`}>
          <div className={styles.dateHead}>
            <span>{say(one.title)}</span>
            <span className={styles.left}>
              <Clock deadline={one} />
            </span>
          </div>
          <div className={styles.day}>
            {one.due_at ? dayText(one, now, t) : t('clock.none')}
            {one.raw_day && (
              <span className={styles.raw}>
                {t('kit.rolled', { day: monthDay(startOfDay(one.raw_day)), weekday: weekdayOf(startOfDay(one.raw_day), t) })}
              </span>
            )}
            {one.provisional && <span className={styles.raw}>{t('clock.provisional')}</span>}
          </div>
          <div className={styles.rule} title={say(one.rule)}>
            {say(one.rule)}
          </div>
        </li>
      ))}
      {rest && <li className={styles.date}>{rest}</li>}
    </ul>
  );
}

/** `今天 17:30` · `11-26 09:30` when the hour matters · `11-30 周一` when only the day does. */
function dayText(one: Deadline, now: Date, t: ReturnType<typeof useWords>['t']): string {
  const due = new Date(one.due_at ?? 0);
  if (daysBetween(now, due) === 0) return `${t('dates.near_0')} ${timeOf(due)}`;
  const wholeDay = one.unit === 'day';
  return wholeDay ? dayOf(due, now, t) : `${monthDay(due)} ${timeOf(due)}`;
}
