/** Who signed, who is due, and the decision: the primary action stays visible when something is missing, with a lock and why. */
import { CheckCircleFilled, EditOutlined, LockOutlined, StopFilled } from '@ant-design/icons';
import type { AllowedAction } from '@/api/types';
import type { ApplicationPage, Signature } from '@/api/welfare';
import { Act } from '@/kit/Act';
import { Avatar } from '@/kit/Avatar';
import { Panel } from '@/kit/Panel';
import { StatusWord } from '@/kit/StatusTag';
import { monthDay, timeOf } from '@/lib/dates';
import { useSession } from '@/lib/session';
import { useWords } from '@/lib/words';
import type { OnAct } from './ActDialogs';
import styles from './welfare.module.css';

/** Acts that stand beside what they are about, not in the decision bar. */
const ELSEWHERE = new Set(['explanations', 'objections/resolve', 'account', 'account/approve', 'decisions', 'checks']);
const OTHERS_SHOWN = 1;
/** The cashier's seat stands in the payment; three signatures decide. */
const SEATS_SHOWN = new Set(['handler', 'reviewer', 'approver']);

function useSeatState(one: Signature, isNext: boolean) {
  const { t } = useWords();
  if (one.state === 'signed' && one.at) {
    const at = new Date(one.at);
    return { kind: 'signed', icon: <CheckCircleFilled aria-label={t('welfare.signed')} />, words: `${monthDay(at)} ${timeOf(at)}` };
  }
  return isNext ? { kind: 'due', icon: <EditOutlined aria-hidden />, words: t('welfare.to_sign') } : { kind: 'waits', icon: <LockOutlined aria-hidden />, words: t('welfare.later') };
}

function Seat({ one, isNext }: { one: Signature; isNext: boolean }) {
  const { t, say } = useWords();
  const me = useSession();
  const state = useSeatState(one, isNext);
  return (
    <li className={`${styles.seat} ${isNext ? styles.seatDue : ''}`}>
      <Avatar name={one.staff?.name || say(one.seat.label)} faded={!one.staff} />
      <span>
        <b>{one.staff?.name || t('welfare.nobody_yet')}</b>
        <span className={styles.seatRole}>
          {say(one.seat.label)}
          {one.staff?.staff_id === me.staff_id && ` · ${t('welfare.you')}`}
        </span>
      </span>
      <span className={`${styles.seatState} ${styles[`seat_${state.kind}`]}`}>
        {state.icon} {state.words}
      </span>
    </li>
  );
}

/** Of the steps that are open the last one leads on; without a household it can only be the form. */
function primaryOf(data: ApplicationPage): AllowedAction | undefined {
  const steps = data.allowed_actions.filter((one) => one.primary);
  return data.household === null ? steps[0] : steps.at(-1);
}

export function DecisionPanel({ data, onAct }: { data: ApplicationPage; onAct: OnAct }) {
  const { t, say } = useWords();
  const seats = data.signatures.filter((one) => SEATS_SHOWN.has(one.seat.code));
  const next = seats.find((one) => one.state !== 'signed');
  const primary = primaryOf(data);
  const others = data.allowed_actions.filter((one) => one !== primary && !ELSEWHERE.has(one.code));
  return (
    <Panel
      title={t('welfare.signatures')}
      count={t('welfare.signatures_note')}
      action={<StatusWord tone={data.signers_differ ? 'done' : 'over'}>{t(data.signers_differ ? 'welfare.met' : 'welfare.signers_same')}</StatusWord>}
    >
      <ol className={styles.seats}>
        {seats.map((one) => (
          <Seat key={one.seat.code} one={one} isNext={one === next} />
        ))}
      </ol>
      <div className={styles.decision}>
        {primary?.blocked && (
          <p className={styles.missing} role="status">
            <StopFilled aria-hidden /> {say(primary.blocked)}
          </p>
        )}
        {!primary && <p className={styles.small}>{t('welfare.nothing_for_you')}</p>}
        <div className={styles.decisionActs}>
          {others.slice(0, OTHERS_SHOWN).map((one) => (
            <Act key={one.code} blocked={one.blocked ? say(one.blocked) : false} onAct={() => onAct(one)}>
              {say(one.label)}
            </Act>
          ))}
          {primary && (
            <span className={styles.primary}>
              <Act kind="primary" shortcut="submit" block blocked={primary.blocked ? say(primary.blocked) : false} onAct={() => onAct(primary)}>
                {say(primary.label)}
              </Act>
            </span>
          )}
        </div>
        {others.length > OTHERS_SHOWN && (
          <div className={styles.moreActs}>
            {others.slice(OTHERS_SHOWN).map((one) => (
              <Act key={one.code} kind="quiet" size="row" blocked={one.blocked ? say(one.blocked) : false} onAct={() => onAct(one)}>
                {say(one.label)}
              </Act>
            ))}
          </div>
        )}
      </div>
    </Panel>
  );
}
