/** Beside the queue: today's calls, hot spots that may become a group dispute, and notices. */
import { ArrowDownOutlined, ArrowUpOutlined, DisconnectOutlined, FireOutlined, NotificationOutlined } from '@ant-design/icons';
import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import { Link } from 'react-router-dom';
import type { DayCall, Today } from '@/api/intake';
import { getNotices } from '@/api/session';
import { getHotspots } from '@/api/workbench';
import { Panel } from '@/kit/Panel';
import { Rich } from '@/kit/Rich';
import { Empty, QueryState } from '@/kit/states';
import { StatusTag } from '@/kit/StatusTag';
import { daysBetween, durationOf, monthDay, timeOf } from '@/lib/dates';
import { serverNow } from '@/lib/serverTime';
import { useWords } from '@/lib/words';
import styles from './home.module.css';

const ARROWS = { in: ArrowDownOutlined, out: ArrowUpOutlined, missed: DisconnectOutlined } as const;
const NOTICES_SHOWN = 2;
const HOTSPOTS_SHOWN = 2;

function CallLine({ call }: { call: DayCall }) {
  const { t } = useWords();
  const Arrow = ARROWS[call.direction];
  return (
    <li className={styles.call}>
      <time className={styles.callTime}>{timeOf(new Date(call.at))}</time>
      <span className={styles[`call_${call.direction}`]}>
        <Arrow aria-label={t(`home.call_${call.direction}`)} />
      </span>
      <span className={styles.callWho}>
        {call.who_masked} <span className={styles.tail}>{call.phone_tail}</span>
      </span>
      <span className={styles.callLength}>{call.seconds === null ? '—' : durationOf(call.seconds)}</span>
      <span className={call.warn ? styles.callWarn : styles.callOutcome}>
        <Rich text={call.outcome} />
      </span>
    </li>
  );
}

export function CallsToday({ today }: { today: UseQueryResult<Today> }) {
  const { t } = useWords();
  const data = today.data;
  return (
    <Panel
      grow
      title={t('home.calls')}
      count={data && t('home.calls_count', { in: data.calls_in, out: data.calls_out, missed: data.calls_missed })}
      action={<Link to="/cases?scope=mine&sort=registered">{t('home.all')}</Link>}
    >
      <QueryState query={today} rows={8}>
        {({ calls }) =>
          calls.length === 0 ? (
            <Empty title={t('home.no_calls')} />
          ) : (
            <ul className={styles.calls}>
              {calls.map((call) => (
                <CallLine key={call.call_id} call={call} />
              ))}
            </ul>
          )
        }
      </QueryState>
    </Panel>
  );
}

export function HotspotPanel() {
  const { t } = useWords();
  const query = useQuery({ queryKey: ['hotspots'], queryFn: getHotspots });
  return (
    <Panel title={t('home.hotspots')} count={query.data && t('home.hours', { n: query.data.hours })}>
      <QueryState query={query} rows={2}>
        {({ items }) => (
          <ul className={styles.lines}>
            {items.length === 0 && <li><Empty title={t('home.no_hotspots')} /></li>}
            {items.slice(0, HOTSPOTS_SHOWN).map((spot) => (
              <li key={spot.id} className={styles.spot}>
                <StatusTag tone={spot.level === 'group' ? 'soon' : 'paused'} icon={spot.level === 'group' ? <FireOutlined aria-hidden /> : null}>
                  {t(`home.spot_${spot.level}`)}
                </StatusTag>
                <Link to={spot.href} className={spot.level === 'group' ? styles.spotGroup : styles.spotTitle}>
                  {spot.title}
                </Link>
                <span className={styles.spotCount}>
                  {t('home.spot_cases', { n: spot.cases })} · <b>{spot.people}</b> {t('home.people_unit', { count: spot.people })}
                </span>
              </li>
            ))}
          </ul>
        )}
      </QueryState>
    </Panel>
  );
}

export function NoticePanel() {
  const { t } = useWords();
  const query = useQuery({ queryKey: ['notices'], queryFn: () => getNotices() });
  return (
    <Panel title={t('home.notices')} action={<Link to="/notices">{t('home.all')}</Link>}>
      <QueryState query={query} rows={2}>
        {({ items }) => (
          <ul className={styles.lines}>
            {items.length === 0 && <li><Empty title={t('notices.none')} /></li>}
            {items.slice(0, NOTICES_SHOWN).map((one) => {
              const at = new Date(one.at);
              return (
                <li key={one.notice_id} className={styles.notice}>
                  <NotificationOutlined aria-hidden />
                  <Link to={one.href ?? '/notices'} className={styles.spotTitle}>
                    {one.title}
                  </Link>
                  <time className={styles.no}>{daysBetween(serverNow(), at) === 0 ? timeOf(at) : monthDay(at)}</time>
                </li>
              );
            })}
          </ul>
        )}
      </QueryState>
    </Panel>
  );
}
