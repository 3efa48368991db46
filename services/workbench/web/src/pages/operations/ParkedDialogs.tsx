/** Trying parked messages again, and going on without one: with a reason, and by two people when it is about money. */
import { useState } from 'react';
import { newKey } from '@/api/client';
import { replayParked, skipParked, type ParkedMessage } from '@/api/operations';
import { Dialog } from '@/kit/Dialog';
import { Field } from '@/kit/Field';
import { GrowingText } from '@/kit/GrowingText';
import { Failed } from '@/kit/states';
import { useCommand } from '@/kit/useCommand';
import { useWords } from '@/lib/words';

const TOUCHES = ['operations', 'desk'];
const REASON_CHARS_MIN = 5;
const REASON_CHARS_MAX = 500;

export function ReplayDialog({ messages, onClose }: { messages: ParkedMessage[]; onClose: () => void }) {
  const { t, say } = useWords();
  const { mutation } = useCommand({
    // One command per message, one after the other: a refusal stops the rest, and what was done stays done.
    run: async (key) => {
      for (const [index, one] of messages.entries()) await replayParked(one.service, one.row.event_id, index === 0 ? key : newKey());
    },
    touches: TOUCHES,
    says: t('operations.replaying', { n: messages.length }),
    onDone: onClose,
  });
  return (
    <Dialog open title={t('operations.replay_title', { n: messages.length })} onClose={onClose} verb={t('operations.replay')} onSubmit={() => mutation.mutate()} busy={mutation.isPending}>
      <p>{t('operations.replay_says')}</p>
      <ul>
        {messages.map((one) => (
          <li key={one.row.event_id}>
            {t(`service.${one.service}`)} · {say(one.title)} · {one.case_no ?? one.row.aggregate_id}
          </li>
        ))}
      </ul>
      {mutation.isError && <Failed problem={mutation.error} title={t('operations.not_done')} />}
    </Dialog>
  );
}

export function SkipDialog({ message, onClose }: { message: ParkedMessage; onClose: () => void }) {
  const { t, say } = useWords();
  const [reason, setReason] = useState('');
  const { mutation, errorOf } = useCommand({
    run: (key) => skipParked(message.service, message.row.event_id, reason.trim(), key),
    touches: TOUCHES,
    says: (answer) => t(`operations.result_${answer.result}`),
    onDone: onClose,
  });
  return (
    <Dialog
      open
      danger
      title={t('operations.skip_title')}
      note={`${say(message.title)} · ${message.row.name}`}
      onClose={onClose}
      verb={t(message.row.skip_asked ? 'operations.confirm_skip' : 'operations.skip_verb')}
      onSubmit={() => mutation.mutate()}
      busy={mutation.isPending}
      blocked={reason.trim().length < REASON_CHARS_MIN ? t('operations.needs_reason') : false}
    >
      <p>{t('operations.skip_says')}</p>
      {message.row.skip_asked && <p>{t('operations.skip_asked')}</p>}
      <Field label={t('operations.reason')} required error={errorOf('reason')}>
        {(ids) => <GrowingText ids={ids} value={reason} maxLength={REASON_CHARS_MAX} onChange={setReason} />}
      </Field>
      {mutation.isError && <Failed problem={mutation.error} title={t('operations.not_done')} />}
    </Dialog>
  );
}
