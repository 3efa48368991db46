/** Every booked room from today on, day by day: which dispute, how many people, what is still missing for it. */
import { TeamOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router-dom';
import { getBoard, type BoardCard } from '@/api/board';
import { getBookings, type RoomBooking } from '@/api/mediation';
import { PageHead } from '@/kit/PageHead';
import { Panel } from '@/kit/Panel';
import { Empty, QueryState } from '@/kit/states';
import { StatusWord } from '@/kit/StatusTag';
import { dayOf, nearDay, timeOf } from '@/lib/dates';
import { useServerNow } from '@/lib/serverTime';
import { useWords } from '@/lib/words';
import { localOf, today } from '../shared/days';
import page from '@/kit/page.module.css';
import shared from '../shared/shared.module.css';
import styles from './today.module.css';

const STEP_MS = 60_000;
const NUMBER_DIGITS = 6;

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

/** The cards of the board by dispute: bookings are mediation's and hold ids only. */
function useCards(): ReadonlyMap<string, BoardCard> {
  const board = useQuery({ queryKey: ['board', 'schedule'], queryFn: () => getBoard({ scope: 'all' }) }).data;
  return new Map(board?.columns.flatMap((column) => column.cards).map((card) => [card.dispute_id, card]));
}

function Booking({ one, card }: { one: RoomBooking; card: BoardCard | undefined }) {
  const { t, say } = useWords();
  const title = card ? [card.employer, card.matter].filter(Boolean).join(' ') : t('agenda.kind_conference');
  return (
    <li className={styles.meeting}>
      <b className={styles.time}>
        {timeOf(new Date(one.starts_at))}–{timeOf(new Date(one.ends_at))}
      </b>
      <span className={shared.grow}>
        <Link to={`/disputes/${one.dispute_id}/meeting`}>
          <b>{title}</b>
        </Link>
        <span className={shared.guardNote}>
          {one.room}
          {card && (
            <>
              {' · '}
              <TeamOutlined aria-hidden /> {t('board.n_people', { n: card.people })}
              {` · ${card.org.name}${card.owner ? ` · ${card.owner.name}` : ''} · ${card.case_no.slice(-NUMBER_DIGITS)}`}
            </>
          )}
        </span>
      </span>
      {card && (card.missing ? <StatusWord tone="soon">{t(card.missing.count > 1 ? 'agenda.lacks' : 'agenda.lacks_one', { what: say(card.missing.first), n: card.missing.count })}</StatusWord> : <StatusWord tone="done">{t('agenda.ready')}</StatusWord>)}
      <Link to={`/disputes/${one.dispute_id}/meeting`}>{t('agenda.open_meeting')}</Link>
    </li>
  );
}

function Days({ bookings }: { bookings: RoomBooking[] }) {
  const { t } = useWords();
  const cards = useCards();
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
        const [near, written] = [nearDay(at, now, t), dayOf(at, now, t)];
        return (
          <li key={day}>
            <h2 className={styles.day}>
              {near} {near !== written && <span className={shared.note}>{written}</span>}
            </h2>
            <ul>
              {there.map((one) => (
                <Booking key={one.id} one={one} card={cards.get(one.dispute_id)} />
              ))}
            </ul>
          </li>
        );
      })}
    </ul>
  );
}
