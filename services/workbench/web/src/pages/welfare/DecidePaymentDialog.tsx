/** The bank does not say what became of a payment: two different people say it, with evidence. Nothing is ever sent under a new id. */
import { useState } from 'react';
import { decidePayment, type PaymentOutcome, type PaymentView } from '@/api/welfare';
import { Choices } from '@/kit/Choices';
import { Dialog } from '@/kit/Dialog';
import { Field } from '@/kit/Field';
import { GrowingText } from '@/kit/GrowingText';
import { Failed } from '@/kit/states';
import { useCommand } from '@/kit/useCommand';
import { useWords } from '@/lib/words';
import { TOUCHED, type ActProps } from './ActDialogs';

const EVIDENCE_CHARS_MAX = 500;
const OUTCOMES: readonly PaymentOutcome[] = ['settled', 'returned', 'send_again'];

export function DecidePaymentDialog({ payment, action, onClose }: ActProps & { payment: PaymentView }) {
  const { t, say } = useWords();
  const [outcome, setOutcome] = useState<PaymentOutcome | null>(null);
  const [evidence, setEvidence] = useState('');
  const { mutation, errorOf } = useCommand({
    run: (key) => {
      if (outcome === null) throw new Error('no outcome was chosen');
      return decidePayment(payment.payment_id, { outcome, evidence: evidence.trim() }, key);
    },
    touches: TOUCHED,
    says: (answer) => t(`welfare.decision_${answer.result}`),
    onDone: onClose,
  });
  const missing = outcome === null || evidence.trim() === '' ? t('welfare.needs_evidence') : false;
  return (
    <Dialog open title={say(action.label)} note={t('welfare.decide_note')} onClose={onClose} verb={say(action.label)} onSubmit={() => mutation.mutate()} blocked={missing} busy={mutation.isPending} width={600}>
      {payment.proposed && <p>{t('welfare.proposed', { outcome: t(`welfare.outcome_${payment.proposed}`) })}</p>}
      <Choices items={OUTCOMES.map((value) => ({ value, label: t(`welfare.outcome_${value}`) }))} value={outcome} onChange={setOutcome} label={t('welfare.outcome')} layer={Number.MAX_SAFE_INTEGER} />
      {outcome && <p>{t(`welfare.outcome_note_${outcome}`)}</p>}
      <Field label={t('welfare.evidence')} required note={t('welfare.evidence_note')} error={errorOf('evidence')}>
        {(ids) => <GrowingText ids={ids} value={evidence} maxLength={EVIDENCE_CHARS_MAX} onChange={setEvidence} />}
      </Field>
      {mutation.isError && <Failed problem={mutation.error} title={t('welfare.not_done')} />}
    </Dialog>
  );
}
