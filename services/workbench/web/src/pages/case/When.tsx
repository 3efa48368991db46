/** A moment as people say it, near to today. */
import { nearDay, timeOf } from '@/lib/dates';
import { serverNow } from '@/lib/serverTime';
import { useWords } from '@/lib/words';
import styles from './case.module.css';

export function When({ at }: { at: string }) {
  const { t } = useWords();
  const moment = new Date(at);
  return (
    <time className={styles.small} dateTime={at}>
      {nearDay(moment, serverNow(), t)} {timeOf(moment)}
    </time>
  );
}
