/** What happened, newest first, one lane per service; a message or check hangs on the fact that caused it. */
import type { ReactNode } from 'react';
import type { Service } from '@/api/types';
import type { TimelineEcho, TimelineItem } from '@/api/workbench';
import { CheckOutlined, ClockCircleOutlined, ExclamationCircleFilled } from '@ant-design/icons';
import { daysBetween, fullOf, monthDay, nearDay, timeOf, weekdayOf } from '@/lib/dates';
import { useServerNow } from '@/lib/serverTime';
import { useWords } from '@/lib/words';
import { Rich } from './Rich';
import styles from './timeline.module.css';

export const LANES: readonly Service[] = ['intake', 'mediation', 'welfare', 'notify'];

const LANE_PX = 28;
const FIRST_Y = 18;
const ECHO_PX = 21;
const STEP_MS = 60_000;

const laneX = (service: Service): number => LANE_PX / 2 + LANE_PX * Math.max(LANES.indexOf(service), 0);

function Dots({ item }: { item: TimelineItem }) {
  const x = laneX(item.service);
  const height = FIRST_Y + ECHO_PX * item.caused.length + 12;
  return (
    <svg className={styles.dots} viewBox={`0 0 ${LANE_PX * LANES.length} ${height}`} style={{ height: `${height / 14}rem` }} aria-hidden focusable="false">
      {item.caused.map((echo, index) => {
        const y = FIRST_Y + ECHO_PX * (index + 1);
        const to = laneX(echo.service);
        const turn = to >= x ? 6 : -6;
        return (
          <g key={y}>
            <path d={`M${x} ${FIRST_Y}V${y - 6}q0 6 ${turn} 6H${to}`} fill="none" stroke="#5B9BA0" />
            <circle cx={to} cy={y} r="4" fill="#fff" strokeWidth="2" stroke={echo.tone === 'done' || echo.tone === 'normal' ? '#0B5A60' : '#874800'} />
          </g>
        );
      })}
      <circle cx={x} cy={FIRST_Y} r="4.5" fill="#0B5A60" />
    </svg>
  );
}

/** Arrived has the tick; what is still on its way must not look as if it had. */
const ICONS: Partial<Record<TimelineEcho['tone'], ReactNode>> = {
  done: <CheckOutlined aria-hidden className={styles.tick} />,
  normal: <ClockCircleOutlined aria-hidden />,
};

function Echo({ echo }: { echo: TimelineEcho }) {
  return (
    <p className={`${styles.echo} ${echo.tone === 'soon' ? styles.soon : ''} ${echo.tone === 'over' ? styles.over : ''}`}>
      {ICONS[echo.tone] ?? <ExclamationCircleFilled aria-hidden />}
      <span>
        <Rich text={echo.text} />
      </span>
    </p>
  );
}

export function Timeline({ items }: { items: TimelineItem[] }) {
  const { t } = useWords();
  const now = useServerNow(STEP_MS);
  return (
    <ol className={styles.timeline}>
      {items.map((item, index) => {
        const at = new Date(item.at);
        const previous = items[index - 1];
        const newDay = !previous || daysBetween(new Date(previous.at), at) !== 0;
        const days = daysBetween(now, at);
        return (
          <li key={item.id} className={`${styles.item} ${newDay ? styles.newDay : ''}`}>
            <div className={styles.day}>
              {newDay && (
                <>
                  <b>{days === 0 || days === -1 ? nearDay(at, now, t) : monthDay(at)}</b>
                  <span>{days === 0 || days === -1 ? `${monthDay(at)} ${weekdayOf(at, t)}` : weekdayOf(at, t)}</span>
                </>
              )}
            </div>
            <time className={styles.time} dateTime={item.at} title={fullOf(at)}>
              {timeOf(at)}
            </time>
            <div className={styles.lanes}>
              <Dots item={item} />
            </div>
            <div className={styles.words}>
              <p className={styles.fact}>
                {item.news && <span className={styles.news} role="img" aria-label={t('timeline.news')} />}
                <Rich text={item.text} />
              </p>
              {item.caused.map((echo, number) => (
                <Echo key={number} echo={echo} />
              ))}
            </div>
            <span className={styles.by}>
              {t(`service.${item.service}`)}
              {item.by && ` · ${item.by}`}
            </span>
          </li>
        );
      })}
    </ol>
  );
}

/** The names of the lanes, above the list. */
export function LaneHead({ children }: { children?: ReactNode }) {
  const { t } = useWords();
  return (
    <div className={styles.laneHead}>
      <span className={styles.laneNames}>
        {LANES.map((lane) => (
          <span key={lane} title={t(`service.${lane}`)}>
            {t(`timeline.lane_${lane}`)}
          </span>
        ))}
      </span>
      {children}
    </div>
  );
}
