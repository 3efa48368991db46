/** Text messages of a case that did not arrive, for the desk that may send them again; nothing when all arrived. */
import { useQuery } from '@tanstack/react-query';
import { Problem } from '@/api/client';
import { getDeliveries, resend, type Delivery } from '@/api/notify';
import type { Role, Uuid } from '@/api/types';
import { Act } from '@/kit/Act';
import { FieldError } from '@/kit/Field';
import { useCommand } from '@/kit/useCommand';
import { useSession } from '@/lib/session';
import { useWords } from '@/lib/words';
import styles from './failed.module.css';

/** Notify's own rule (`domain/permissions.py`): others are not asked to look. */
const SENDERS = new Set<Role>(['operator', 'dispatcher', 'supervisor']);
const REASONS = new Set(['no_consent', 'no_mobile', 'no_such_number', 'no_contact', 'tries_exhausted', 'too_many_messages']);
const LINES_MAX = 5;

export function FailedMessages({ caseId }: { caseId: Uuid }) {
  const { t } = useWords();
  const { roles } = useSession();
  const sends = roles.some((one) => SENDERS.has(one));
  const query = useQuery({ queryKey: ['case', caseId, 'deliveries'], queryFn: () => getDeliveries(caseId), enabled: sends });
  const failed = query.data?.items.filter((one) => one.may_resend) ?? [];
  if (failed.length === 0) return null;
  return (
    <section className={styles.failed} aria-label={t('unsent.failed')}>
      <h3 className={styles.title}>{t('unsent.failed_n', { n: failed.length })}</h3>
      {failed.slice(-LINES_MAX).map((one) => (
        <Line key={one.delivery_id} message={one} />
      ))}
    </section>
  );
}

function Line({ message }: { message: Delivery }) {
  const { t, explain } = useWords();
  const { mutation } = useCommand({ run: (key) => resend(message.delivery_id, key), touches: ['case', 'queue'], says: t('unsent.resent') });
  const who = message.recipient.name ? `${message.recipient.name} ${message.recipient.phone}` : t('unsent.somebody');
  const reason = REASONS.has(message.reason) ? message.reason : 'other';
  return (
    <div className={styles.line}>
      <span className={styles.who}>
        {who} · {t(`unsent.reason_${reason}`)}
      </span>
      <Act busy={mutation.isPending} label={t('unsent.resend_to', { who })} onAct={() => mutation.mutate()}>
        {t('unsent.resend')}
      </Act>
      {mutation.error instanceof Problem && <FieldError>{explain(mutation.error)}</FieldError>}
    </div>
  );
}
