/** All clocks of a case with their rules, pauses and what is done. */
import type { Deadline } from '@/api/types';
import { Clock } from '@/kit/Clock';
import { Dialog } from '@/kit/Dialog';
import { fullOf, monthDay, startOfDay, weekdayOf } from '@/lib/dates';
import { useWords } from '@/lib/words';
import styles from './case.module.css';

export function AllDates({ open, deadlines, onClose }: { open: boolean; deadlines: Deadline[]; onClose: () => void }) {
  const { t, say } = useWords();
  return (
    <Dialog open={open} title={t('case.all_dates', { n: deadlines.length })} note={t('case.all_dates_note')} onClose={onClose} width={760}>
      <ul className={styles.allDates}>
        {deadlines.map((one) => (
          <li key={`${one.kind}-${one.due_at}`}>
            <b>{say(one.title)}</b>
            <span>{one.due_at ? fullOf(new Date(one.due_at)).slice(0, 16) : '—'}</span>
            <Clock deadline={one} />
            <span className={styles.small}>
              {say(one.rule)}
              {one.raw_day && ` · ${t('kit.rolled', { day: monthDay(startOfDay(one.raw_day)), weekday: weekdayOf(startOfDay(one.raw_day), t) })}`}
            </span>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
