/** A person's judgement on a check that found something, with the reason that goes on record. */
import { useState } from 'react';
import { explainCheck, type CheckItem } from '@/api/welfare';
import { Choices } from '@/kit/Choices';
import { Dialog } from '@/kit/Dialog';
import { Field } from '@/kit/Field';
import { GrowingText } from '@/kit/GrowingText';
import { Failed } from '@/kit/states';
import { useCommand } from '@/kit/useCommand';
import { useWords } from '@/lib/words';
import { TOUCHED, type ActProps } from './ActDialogs';

const REASON_CHARS_MAX = 500;
const VERDICTS = ['accepted', 'not_accepted'] as const;

export function ExplainDialog({ data, action, check, onClose }: ActProps & { check: CheckItem }) {
  const { t, say } = useWords();
  const [verdict, setVerdict] = useState<(typeof VERDICTS)[number] | null>(null);
  const [reason, setReason] = useState('');
  const { mutation, errorOf } = useCommand({
    run: (key) => explainCheck(data.application_id, { check: check.id, accepted: verdict === 'accepted', reason: reason.trim() }, data.version, key),
    touches: TOUCHED,
    says: t('welfare.did', { what: say(action.label) }),
    onDone: onClose,
  });
  return (
    <Dialog
      open
      title={`${check.id} ${say(check.reason)}`}
      note={t('welfare.explain_note')}
      onClose={onClose}
      verb={t('welfare.explain_verb')}
      onSubmit={() => mutation.mutate()}
      blocked={verdict === null || reason.trim() === '' ? t('welfare.needs_judgement') : false}
      busy={mutation.isPending}
    >
      {check.detail && <p>{check.detail}</p>}
      <Choices items={VERDICTS.map((value) => ({ value, label: t(`welfare.explain_${value}`) }))} value={verdict} onChange={setVerdict} label={t('welfare.explain_label')} layer={Number.MAX_SAFE_INTEGER} />
      <Field label={t('welfare.explain_reason')} required error={errorOf('reason')}>
        {(ids) => <GrowingText ids={ids} value={reason} maxLength={REASON_CHARS_MAX} onChange={setReason} />}
      </Field>
      {mutation.isError && <Failed problem={mutation.error} title={t('welfare.not_done')} />}
    </Dialog>
  );
}
