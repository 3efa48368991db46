/** The public list of this application: its days by the work calendar, what the public reads, and objections. */
import type { ApplicationPage, Objection, PublicityCalendar } from '@/api/welfare';
import { Act } from '@/kit/Act';
import { Panel } from '@/kit/Panel';
import { StatusTag, type Tone } from '@/kit/StatusTag';
import { monthDay, timeOf } from '@/lib/dates';
import { useServerNow } from '@/lib/serverTime';
import { useWords } from '@/lib/words';
import type { OnAct } from './ActDialogs';
import styles from './welfare.module.css';

const MINUTE_MS = 60_000;
const DAY_DIGITS = 2;

type Finding = 'open' | 'upheld' | 'dismissed';
const TONES: Record<Finding, Tone> = { open: 'soon', upheld: 'over', dismissed: 'done' };
const findingOf = (one: Objection): Finding => (one.upheld === null ? 'open' : one.upheld ? 'upheld' : 'dismissed');

function DayCell({ day }: { day: PublicityCalendar['days'][number] }) {
  const { t } = useWords();
  return (
    <li className={`${styles.day} ${styles[`day_${day.kind}`]}`}>
      <span>{t(`welfare.weekday_${new Date(`${day.day}T00:00:00Z`).getUTCDay()}`)}</span>
      <b>{String(Number(day.day.slice(-DAY_DIGITS)))}</b>
      <span>{day.kind === 'counted' ? t('welfare.day_number', { n: day.no }) : t(`welfare.day_${day.kind}`)}</span>
    </li>
  );
}

function ObjectionLine({ data, one, onAct }: { data: ApplicationPage; one: Objection; onAct: OnAct }) {
  const { t } = useWords();
  const at = new Date(one.raised_at);
  const resolve = one.upheld === null ? data.allowed_actions.find((action) => action.code === 'objections/resolve') : undefined;
  return (
    <div className={styles.objection}>
      <StatusTag tone={TONES[findingOf(one)]}>{t(`welfare.objection_${findingOf(one)}`)}</StatusTag>
      <span className={styles.objectionText}>{t('welfare.objection_by', { channel: t(`welfare.channel_${one.channel}`), when: `${monthDay(at)} ${timeOf(at)}` })}</span>
      {resolve && (
        <Act size="row" kind="chosen" onAct={() => onAct(resolve, { objection: one })}>
          {t('welfare.record_finding')}
        </Act>
      )}
    </div>
  );
}

export function PublicityPanel({ data, publicity, onAct }: { data: ApplicationPage; publicity: PublicityCalendar; onAct: OnAct }) {
  const { t } = useWords();
  const now = useServerNow(MINUTE_MS);
  const end = new Date(publicity.ends_at);
  const state = publicity.started ? (end > now ? 'running' : 'over') : 'planned';
  return (
    <Panel
      title={t('welfare.publicity')}
      count={t(publicity.waits ? `welfare.publicity_${state}` : 'welfare.publicity_emergency')}
      action={
        <b>
          {t('welfare.until', { when: `${monthDay(end)} ${timeOf(end)}` })}
          {publicity.provisional && ` ${t('clock.provisional')}`}
        </b>
      }
    >
      <div className={styles.publicity}>
        <ol className={styles.days} style={{ '--days': publicity.days.length } as React.CSSProperties}>
          {publicity.days.map((day) => (
            <DayCell key={day.day} day={day} />
          ))}
        </ol>
        <p className={styles.small}>{t('welfare.public_reads', { line: publicity.line })}</p>
        {data.objections.map((one) => (
          <ObjectionLine key={one.objection_id} data={data} one={one} onAct={onAct} />
        ))}
      </div>
    </Panel>
  );
}
