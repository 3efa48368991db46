/** A step that needs no more than a reason or a note; says what will happen before it does. */
import { useState } from 'react';
import { takeStep, type CheckItem } from '@/api/welfare';
import { Dialog } from '@/kit/Dialog';
import { Field } from '@/kit/Field';
import { GrowingText } from '@/kit/GrowingText';
import { Failed } from '@/kit/states';
import { useCommand } from '@/kit/useCommand';
import { useWords } from '@/lib/words';
import { TOUCHED, type ActProps } from './ActDialogs';

const NOTE_CHARS_MAX = 500;
const DANGEROUS = new Set(['reject', 'withdraw']);
/** Their reason is told to the applicant; the server refuses them without one. */
const REASONED = new Set(['send-back', 'reject']);
const WORDLESS = new Set(['checks']);

export function StepDialog({ data, action, check, onClose }: ActProps & { check?: CheckItem }) {
  const { t, say } = useWords();
  const [text, setText] = useState(check ? `${check.id} ${say(check.reason)}` : '');
  const { mutation, errorOf } = useCommand({
    run: (key) => takeStep(data, action.code, text.trim(), key),
    touches: TOUCHED,
    says: t('welfare.did', { what: say(action.label) }),
    onDone: onClose,
  });
  const reasoned = REASONED.has(action.code);
  return (
    <Dialog
      open
      title={say(action.label)}
      note={`${data.applicant.name_masked} · ${data.application_no}`}
      onClose={onClose}
      verb={say(action.label)}
      onSubmit={() => mutation.mutate()}
      blocked={reasoned && text.trim() === '' ? t('welfare.needs_note') : false}
      busy={mutation.isPending}
      danger={DANGEROUS.has(action.code)}
    >
      <p>{t([`welfare.before_${action.code}`, 'welfare.before_any'], { what: say(action.label) })}</p>
      {!WORDLESS.has(action.code) && (
        <Field label={t(reasoned ? 'welfare.reason' : 'welfare.note_label')} required={reasoned} note={t(reasoned ? 'welfare.note_told' : 'welfare.note_kept')} error={errorOf('reason') ?? errorOf('note') ?? errorOf('opinion')}>
          {(ids) => <GrowingText ids={ids} value={text} maxLength={NOTE_CHARS_MAX} onChange={setText} />}
        </Field>
      )}
      {mutation.isError && <Failed problem={mutation.error} title={t('welfare.not_done')} />}
    </Dialog>
  );
}
