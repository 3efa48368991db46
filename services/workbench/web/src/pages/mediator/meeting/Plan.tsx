/** When, where, who and about what. A clash is refused by the server, which proposes the next free slot. */
import { CalendarOutlined } from '@ant-design/icons';
import { Input, InputNumber, Select } from 'antd';
import { useQuery } from '@tanstack/react-query';
import { deeds, getBookings, type Conference, type DisputePage } from '@/api/mediation';
import { Act } from '@/kit/Act';
import { Field } from '@/kit/Field';
import { Panel } from '@/kit/Panel';
import { Empty, QueryState } from '@/kit/states';
import { toast } from '@/kit/toasts';
import { dayOf, timeOf } from '@/lib/dates';
import { useServerNow } from '@/lib/serverTime';
import { useSession } from '@/lib/session';
import { useWords } from '@/lib/words';
import { Refusal, useForm } from '../shared/DeedDialog';
import { instantOf, localOf, today } from '../shared/days';
import { useDeed, usePeople } from '../shared/useDispute';
import shared from '../shared/shared.module.css';
import styles from './meeting.module.css';

const STEP_MS = 60_000;
const MINUTES_USUAL = 90;
const MINUTE_MS = 60_000;
const AGENDA_CHARS_MAX = 3000;
const ROOM_CHARS_MAX = 40;

export function Plan({ page, conference }: { page: DisputePage; conference: Conference | null }) {
  const { t } = useWords();
  const { staff_id: me } = useSession();
  const people = usePeople();
  const deed = useDeed(page);
  const now = useServerNow(STEP_MS);
  const booking = conference?.booking;
  const [form, change] = useForm({
    at: booking ? localOf(booking.starts_at) : '',
    minutes: booking ? (Date.parse(booking.ends_at) - Date.parse(booking.starts_at)) / MINUTE_MS : MINUTES_USUAL,
    room: booking?.room ?? '',
    chair: conference?.chair ?? page.mediator_ids[0] ?? me,
    members: booking?.members ?? [...page.mediator_ids, ...(page.lawyer_id ? [page.lawyer_id] : [])],
    agenda: conference?.agenda.map((one) => one.topic).join('\n') ?? '',
  });
  const agenda = form.agenda.split('\n').map((line) => line.trim()).filter(Boolean);
  const options = people.all.map((one) => ({ value: one.staff_id, label: `${one.name} · ${one.org.name}` }));
  const lacks = [!form.at && 'at', !form.room.trim() && 'room', form.members.length === 0 && 'members', agenda.length === 0 && 'agenda'].filter((one) => one !== false);
  const nextFree = deed.problem?.code === 'meeting_clash' && typeof deed.problem.details.next_free === 'string' ? deed.problem.details.next_free : null;
  const free = nextFree ? new Date(nextFree) : null;
  const mayHandle = page.allowed.includes('handle') && page.status === 'running';
  const send = async () => {
    const plan = { starts_at: instantOf(form.at), minutes: form.minutes, room: form.room.trim(), chair_id: form.chair, member_ids: form.members, agenda };
    if (await deed.send(deeds.schedule(plan))) toast('done', t('meeting.planned'));
  };
  return (
    <Panel grow still title={t('meeting.plan')} count={booking && `${dayOf(new Date(booking.starts_at), now, t)} ${timeOf(new Date(booking.starts_at))}`}>
      <div className={`${shared.form} ${styles.scroll}`}>
        <div className={shared.two}>
          <Field label={t('meeting.at')} required>
            {(ids) => <Input {...ids} type="datetime-local" value={form.at} onChange={(event) => change({ at: event.target.value })} />}
          </Field>
          <Field label={t('meeting.minutes_long')} required>
            {(ids) => <InputNumber {...ids} min={15} max={480} step={15} value={form.minutes} onChange={(minutes) => change({ minutes: minutes ?? MINUTES_USUAL })} style={{ width: '100%' }} />}
          </Field>
        </div>
        {free && (
          <div className={styles.clash} role="alert">
            <Refusal state={deed} />
            <Act icon={<CalendarOutlined />} onAct={() => { change({ at: localOf(free.toISOString()) }); deed.clear(); }}>
              {t('meeting.take_free', { when: `${dayOf(free, now, t)} ${timeOf(free)}` })}
            </Act>
          </div>
        )}
        {!free && <Refusal state={deed} />}
        <Field label={t('meeting.room')} required>
          {(ids) => <Input {...ids} value={form.room} maxLength={ROOM_CHARS_MAX} onChange={(event) => change({ room: event.target.value })} />}
        </Field>
        <Field label={t('meeting.chair')} required>
          {(ids) => <Select {...ids} showSearch={{ optionFilterProp: 'label' }} value={form.chair} options={options} onChange={(chair: string) => change({ chair })} style={{ width: '100%' }} />}
        </Field>
        <Field label={t('meeting.members')} required>
          {(ids) => <Select {...ids} mode="multiple" optionFilterProp="label" value={form.members} options={options} onChange={(members: string[]) => change({ members })} style={{ width: '100%' }} />}
        </Field>
        <Field label={t('meeting.agenda')} note={t('meeting.agenda_note')} required>
          {(ids) => <Input.TextArea {...ids} rows={4} value={form.agenda} maxLength={AGENDA_CHARS_MAX} onChange={(event) => change({ agenda: event.target.value })} />}
        </Field>
        <Taken day={form.at.slice(0, today().length)} own={booking?.id ?? null} />
      </div>
      {mayHandle && (
        <footer className={styles.foot}>
          <span className={shared.note}>{lacks.length > 0 ? t('meeting.lacks', { what: lacks.map((one) => t(`meeting.field_${one}`)).join(t('kit.list_comma')) }) : t('meeting.tells')}</span>
          <Act kind={conference ? 'chosen' : 'primary'} busy={deed.busy} blocked={lacks.length > 0 ? t('mediation.choose_first') : false} onAct={() => void send()}>
            {t(conference ? 'meeting.move' : 'meeting.book')}
          </Act>
        </footer>
      )}
    </Panel>
  );
}

/** What is booked on the chosen day, so that a clash is seen before it is refused. */
function Taken({ day, own }: { day: string; own: string | null }) {
  const { t } = useWords();
  const query = useQuery({ queryKey: ['bookings', day], queryFn: () => getBookings(day), enabled: day !== '' });
  if (!day) return null;
  return (
    <section>
      <h3 className={styles.sub}>{t('meeting.taken', { day })}</h3>
      <QueryState query={query} rows={2}>
        {(bookings) => {
          const there = bookings.filter((one) => localOf(one.starts_at).startsWith(day) && one.id !== own);
          return there.length === 0 ? (
            <Empty title={t('meeting.all_free')} />
          ) : (
            <ul>
              {there.map((one) => (
                <li key={one.id} className={shared.line}>
                  <b>
                    {timeOf(new Date(one.starts_at))}–{timeOf(new Date(one.ends_at))}
                  </b>
                  {one.room}
                </li>
              ))}
            </ul>
          );
        }}
      </QueryState>
    </section>
  );
}
