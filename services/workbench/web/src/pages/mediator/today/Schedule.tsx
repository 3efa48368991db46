/** Every booked room from today on, day by day. */
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router-dom';
import { getBookings, type RoomBooking } from '@/api/mediation';
import { PageHead } from '@/kit/PageHead';
import { Panel } from '@/kit/Panel';
import { Empty, QueryState } from '@/kit/states';
import { dayOf, nearDay, timeOf } from '@/lib/dates';
import { useServerNow } from '@/lib/serverTime';
import { useWords } from '@/lib/words';
import { localOf, today } from '../shared/days';
import page from '@/kit/page.module.css';
import shared from '../shared/shared.module.css';
import styles from './today.module.css';

const STEP_MS = 60_000;

export default function Schedule() {
  const { t } = useWords();
  const since = today();
  const query = useQuery({ queryKey: ['bookings', since], queryFn: () => getBookings(since) });
  return (
    <div className={`${page.page} ${page.ends}`}>
      <PageHead title={t('agenda.schedule')} note={t('agenda.schedule_note')} />
      <Panel grow label={t('agenda.schedule')}>
        <QueryState query={query} rows={8}>
          {(bookings) => (bookings.length === 0 ? <Empty title={t('agenda.no_bookings')} action={<Link to="/board">{t('agenda.to_board')}</Link>} /> : <Days bookings={bookings} />)}
        </QueryState>
      </Panel>
    </div>
  );
}

function Days({ bookings }: { bookings: RoomBooking[] }) {
  const { t } = useWords();
  const now = useServerNow(STEP_MS);
  const days = new Map<string, RoomBooking[]>();
  for (const one of bookings) {
    const day = localOf(one.starts_at).slice(0, today().length);
    days.set(day, [...(days.get(day) ?? []), one]);
  }
  return (
    <ul className={styles.meetings}>
      {[...days].map(([day, there]) => {
        const at = new Date(there[0]?.starts_at ?? 0);
        return (
          <li key={day}>
            <h2 className={styles.day}>
              {nearDay(at, now, t)} <span className={shared.note}>{dayOf(at, now, t)}</span>
            </h2>
            <ul>
              {there.map((one) => (
                <li key={one.id} className={styles.meeting}>
                  <b className={styles.time}>
                    {timeOf(new Date(one.starts_at))}–{timeOf(new Date(one.ends_at))}
                  </b>
                  <span className={shared.grow}>{one.room}</span>
                  <Link to={`/disputes/${one.dispute_id}/meeting`}>{t('agenda.open_meeting')}</Link>
                </li>
              ))}
            </ul>
          </li>
        );
      })}
    </ul>
  );
}
