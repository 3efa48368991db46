/** The mediator's day: meetings in their order, stages due, agreements to be signed, payments that should arrive. */
import { CheckCircleFilled, TeamOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from 'react-router-dom';
import { getAgenda, type Agenda, type AgendaItem, type Meeting } from '@/api/board';
import { Clock } from '@/kit/Clock';
import { Grade } from '@/kit/Grade';
import { HintLine } from '@/kit/HintLine';
import { Money } from '@/kit/Money';
import { Figures, PageHead } from '@/kit/PageHead';
import { Panel } from '@/kit/Panel';
import { QueueList, type Column } from '@/kit/QueueList';
import { Empty, QueryState } from '@/kit/states';
import { StatusWord } from '@/kit/StatusTag';
import { dayOf, nearDay, timeOf } from '@/lib/dates';
import { serverNow, useServerNow } from '@/lib/serverTime';
import { useWords } from '@/lib/words';
import { CaseTitle } from '@/pages/cases/CaseTitle';
import page from '@/kit/page.module.css';
import shared from '../shared/shared.module.css';
import styles from './today.module.css';

const STEP_MS = 60_000;
const keyOf = (item: AgendaItem): string => item.id;

export default function Today() {
  const { t, say } = useWords();
  const navigate = useNavigate();
  const now = useServerNow(STEP_MS);
  const query = useQuery({ queryKey: ['board', 'agenda'], queryFn: getAgenda });
  const columns: Column<AgendaItem>[] = [
    { key: 'clock', title: t('cases.clock'), width: '132px', cell: (row) => <Clock deadline={row.clock} style="when" /> },
    { key: 'title', title: t('cases.title'), width: 'minmax(0,1fr)', cell: (row) => <b><CaseTitle row={row} /></b> },
    { key: 'stage', title: t('agenda.stage'), width: '84px', cell: (row) => say(row.stage.label) },
    { key: 'grade', title: t('cases.grade'), width: '52px', cell: (row) => <Grade grade={row.grade} /> },
    { key: 'detail', title: t('agenda.detail'), width: '150px', cell: (row) => row.detail && <StatusWord tone="soon">{say(row.detail)}</StatusWord> },
  ];
  const open = (item: AgendaItem) => void navigate(`/disputes/${item.dispute_id}`);
  return (
    <div className={page.page}>
      <PageHead title={t('agenda.title')} note={dayOf(now, now, t)}>
        {query.data && (
          <Figures
            items={[
              { name: t('agenda.meetings'), value: query.data.meetings.length, unit: t('agenda.unit_meeting') },
              { name: t('agenda.due'), value: query.data.due.length, unit: t('agenda.unit') },
              { name: t('agenda.signing'), value: query.data.signing.length, unit: t('agenda.unit') },
              { name: t('agenda.payments'), value: query.data.payments.length, unit: t('agenda.unit_part') },
            ]}
          />
        )}
      </PageHead>
      <div className={`${page.columns} ${styles.columns}`}>
        <div className={page.column}>
          <Panel title={t('agenda.meetings')} count={query.data?.meetings.length}>
            <QueryState query={query} rows={2}>
              {(agenda) => <Meetings agenda={agenda} />}
            </QueryState>
          </Panel>
          <Panel grow title={t('agenda.due')} count={query.data?.due.length}>
            <QueryState query={query} rows={5}>
              {(agenda) => (
                <QueueList
                  items={agenda.due}
                  keyOf={keyOf}
                  columns={columns}
                  label={t('agenda.due')}
                  scope="due"
                  onOpen={open}
                  act={{ label: () => t('agenda.handle'), run: open }}
                  empty={<Empty title={t('agenda.nothing_due')} action={<Link to="/board?scope=mine">{t('agenda.to_board')}</Link>} />}
                />
              )}
            </QueryState>
          </Panel>
        </div>
        <div className={`${page.column} ${styles.side}`}>
          <Panel title={t('agenda.lanes')}>
            <QueryState query={query} rows={3}>
              {(agenda) => <Lanes agenda={agenda} />}
            </QueryState>
          </Panel>
          <Panel title={t('agenda.signing')} count={query.data?.signing.length}>
            <QueryState query={query} rows={2}>
              {(agenda) => <Lines items={agenda.signing} empty={t('agenda.nothing_to_sign')} />}
            </QueryState>
          </Panel>
          <Panel grow title={t('agenda.payments')} count={query.data?.payments.length}>
            <QueryState query={query} rows={2}>
              {(agenda) => <Lines items={agenda.payments} empty={t('agenda.no_payments')} />}
            </QueryState>
          </Panel>
        </div>
      </div>
      <HintLine hints={[{ keys: ['down', 'up'], says: t('keys.move') }, { keys: ['open'], says: t('keys.open') }, { keys: ['act'], says: t('keys.do') }, { keys: ['search'], says: t('keys.search') }]} />
    </div>
  );
}

function Meetings({ agenda }: { agenda: Agenda }) {
  const { t } = useWords();
  const first = agenda.lanes.find((lane) => lane.count > 0);
  if (agenda.meetings.length === 0) return <Empty title={t('agenda.no_meetings', { n: agenda.due.length })} action={<Link to="/board?scope=mine">{t('agenda.to_board')}</Link>} advice={first ? '' : t('agenda.quiet')} />;
  return (
    <ul className={styles.meetings}>
      {agenda.meetings.map((one) => (
        <MeetingLine key={one.id} meeting={one} />
      ))}
    </ul>
  );
}

function MeetingLine({ meeting }: { meeting: Meeting }) {
  const { t, say } = useWords();
  const at = new Date(meeting.starts_at);
  const to = meeting.kind === 'conference' ? `/disputes/${meeting.dispute_id}/meeting` : `/disputes/${meeting.dispute_id}?do=sessions`;
  return (
    <li className={styles.meeting}>
      <b className={styles.time}>{t('agenda.at', { day: nearDay(at, serverNow(), t), time: timeOf(at) })}</b>
      <span className={shared.grow}>
        <Link to={to}>
          <b>{meeting.title}</b>
        </Link>
        <span className={shared.guardNote}>
          {t(`agenda.kind_${meeting.kind}`)} · {meeting.room ?? t('agenda.no_room')} · <TeamOutlined aria-hidden /> {t('board.n_people', { n: meeting.people })}
        </span>
      </span>
      {meeting.ready ? (
        <StatusWord tone="done" icon={<CheckCircleFilled aria-hidden />}>
          {t('agenda.ready')}
        </StatusWord>
      ) : (
        <StatusWord tone="soon">{say(meeting.missing) || t('agenda.not_ready')}</StatusWord>
      )}
    </li>
  );
}

function Lanes({ agenda }: { agenda: Agenda }) {
  const { t, say } = useWords();
  return (
    <ul className={styles.lanes}>
      {agenda.lanes.map((lane) => (
        <li key={lane.stage.code}>
          <span>{say(lane.stage.label)}</span>
          <b>{lane.count}</b>
          <span className={styles.over}>{lane.over > 0 ? t('board.over', { n: lane.over }) : ''}</span>
        </li>
      ))}
    </ul>
  );
}

function Lines({ items, empty }: { items: AgendaItem[]; empty: string }) {
  const { say } = useWords();
  if (items.length === 0) return <Empty title={empty} />;
  return (
    <ul className={shared.body}>
      {items.map((one) => (
        <li key={one.id} className={shared.line}>
          <span className={shared.grow}>
            <Link to={`/disputes/${one.dispute_id}/agreement`}>{one.title}</Link>
            <span className={shared.guardNote}>
              {say(one.detail)} {one.amount_fen !== null && <Money fen={one.amount_fen} />}
            </span>
          </span>
          <Clock deadline={one.clock} />
        </li>
      ))}
    </ul>
  );
}

