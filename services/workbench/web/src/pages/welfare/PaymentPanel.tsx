/** The latest payment: where it is, what the bank said, and what two people may do when the bank is silent or sent it back. */
import type { ApplicationPage, PaymentView } from '@/api/welfare';
import { Act } from '@/kit/Act';
import { Money } from '@/kit/Money';
import { Panel } from '@/kit/Panel';
import { StatusTag, type Tone } from '@/kit/StatusTag';
import { monthDay, timeOf } from '@/lib/dates';
import { useWords } from '@/lib/words';
import type { OnAct } from './ActDialogs';
import styles from './welfare.module.css';

const TONES: Record<string, Tone> = { ordered: 'paused', cancelled: 'paused', sent: 'normal', accepted: 'normal', unknown: 'soon', settled: 'done', returned: 'over' };
/** What the page offers beside a payment. */
const ACTS = new Set(['decisions', 'account', 'account/approve']);

const when = (text: string): string => `${monthDay(new Date(text))} ${timeOf(new Date(text))}`;

function Facts({ payment }: { payment: PaymentView }) {
  const { t } = useWords();
  return (
    <dl className={styles.paymentFacts}>
      <div>
        <dt>{t('welfare.amount')}</dt>
        <dd>
          <Money fen={payment.amount_fen} strong />
        </dd>
      </div>
      <div>
        <dt>{t('welfare.account')}</dt>
        <dd>{payment.account_masked}</dd>
      </div>
      <div>
        <dt>{t('welfare.sent')}</dt>
        <dd>{payment.sent_at ? when(payment.sent_at) : t('welfare.not_yet')}</dd>
      </div>
      <div>
        <dt>{t('welfare.heard')}</dt>
        <dd>{payment.heard_at ? when(payment.heard_at) : t('welfare.not_yet')}</dd>
      </div>
    </dl>
  );
}

export function PaymentPanel({ data, onAct }: { data: ApplicationPage; onAct: OnAct }) {
  const { t, say } = useWords();
  const payment = data.payments.at(-1);
  if (!payment) return null;
  const tone = TONES[payment.state.code] ?? 'paused';
  const acts = data.allowed_actions.filter((one) => ACTS.has(one.code));
  return (
    <Panel title={t('welfare.payment')} count={t('welfare.attempt', { n: payment.attempt })} action={<StatusTag tone={tone}>{say(payment.state.label)}</StatusTag>}>
      <div className={styles.payment}>
        <Facts payment={payment} />
        {payment.reason && <p className={tone === 'over' ? styles.missing : styles.foundNote}>{payment.reason}</p>}
        {payment.state.code === 'unknown' && <p className={styles.foundNote}>{t('welfare.unknown_note')}</p>}
        {payment.contradicts && <p className={styles.missing}>{t('welfare.contradicts')}</p>}
        {payment.proposed && <p className={styles.fourEyes}>{t('welfare.proposed', { outcome: t(`welfare.outcome_${payment.proposed}`) })}</p>}
        <p className={styles.small}>{t('welfare.end_to_end', { id: payment.payment_id })}</p>
        {acts.length > 0 && (
          <div className={styles.waysOut}>
            {acts.map((action, index) => (
              <Act key={action.code} kind={index === 0 ? 'chosen' : 'plain'} blocked={action.blocked ? say(action.blocked) : false} onAct={() => onAct(action)}>
                {say(action.label)}
              </Act>
            ))}
          </div>
        )}
      </div>
    </Panel>
  );
}
