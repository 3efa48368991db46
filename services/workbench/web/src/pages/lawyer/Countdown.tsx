/** How long an offer still stands, on server time, and until when. */
import { nearDay, timeOf } from '@/lib/dates';
import { useServerNow } from '@/lib/serverTime';
import { useWords } from '@/lib/words';
import type { OfferShown } from './useOffers';
import styles from './phone.module.css';

const MINUTE_MS = 60_000;
const HOUR_MIN = 60;
const STEP_MS = 10_000;
const PERCENT = 100;

export function Countdown({ offer }: { offer: OfferShown }) {
  const { t } = useWords();
  const now = useServerNow(STEP_MS);
  const end = new Date(offer.expires_at);
  const minutes = Math.max(0, Math.floor((end.getTime() - now.getTime()) / MINUTE_MS));
  const whole = Math.max(1, (end.getTime() - Date.parse(offer.offered_at)) / MINUTE_MS);
  const hours = Math.floor(minutes / HOUR_MIN);
  const left = hours > 0 ? t('clock.hours_minutes', { h: hours, n: minutes % HOUR_MIN }) : t('clock.minutes', { n: minutes });
  return (
    <div className={styles.countdown}>
      <p>
        <b>{left}</b> {t('lawyer.until_end')}
      </p>
      <div className={styles.track}>
        <div className={styles.left} style={{ width: `${Math.min(PERCENT, (minutes / whole) * PERCENT)}%` }} />
      </div>
      <p className={styles.until}>{t('lawyer.answer_by', { when: `${nearDay(end, now, t)} ${timeOf(end)}` })}</p>
    </div>
  );
}
