/** An objection against a public line: writing it down, and what looking into it found. It stops the approval, not the list. */
import { useState } from 'react';
import { raiseObjection, resolveObjection, type Objection } from '@/api/welfare';
import { Choices } from '@/kit/Choices';
import { Dialog } from '@/kit/Dialog';
import { Field } from '@/kit/Field';
import { GrowingText } from '@/kit/GrowingText';
import { Failed } from '@/kit/states';
import { useCommand } from '@/kit/useCommand';
import { monthDay, timeOf } from '@/lib/dates';
import { useWords } from '@/lib/words';
import { TOUCHED, type ActProps } from './ActDialogs';

const TEXT_CHARS_MAX = 500;
const CHANNELS = ['phone', 'visit', 'letter', 'web'] as const;
const FINDINGS = ['dismissed', 'upheld'] as const;
const LAYER = Number.MAX_SAFE_INTEGER;

export function ObjectionDialog({ data, action, onClose }: ActProps) {
  const { t, say } = useWords();
  const [channel, setChannel] = useState<(typeof CHANNELS)[number]>('phone');
  const [text, setText] = useState('');
  const { mutation, errorOf } = useCommand({
    run: (key) => raiseObjection(data.application_id, { channel, text: text.trim() }, data.version, key),
    touches: TOUCHED,
    says: t('welfare.objection_kept'),
    onDone: onClose,
  });
  return (
    <Dialog open title={say(action.label)} note={t('welfare.objection_note')} onClose={onClose} verb={say(action.label)} onSubmit={() => mutation.mutate()} blocked={text.trim() === '' ? t('welfare.needs_objection') : false} busy={mutation.isPending}>
      <Choices items={CHANNELS.map((value) => ({ value, label: t(`welfare.channel_${value}`) }))} value={channel} onChange={setChannel} label={t('welfare.channel')} layer={LAYER} />
      <Field label={t('welfare.objection_text')} required note={t('welfare.objection_sealed')} error={errorOf('text')}>
        {(ids) => <GrowingText ids={ids} value={text} maxLength={TEXT_CHARS_MAX} onChange={setText} />}
      </Field>
      {mutation.isError && <Failed problem={mutation.error} title={t('welfare.not_done')} />}
    </Dialog>
  );
}

export function ResolveDialog({ data, action, objection, onClose }: ActProps & { objection: Objection }) {
  const { t, say } = useWords();
  const [verdict, setVerdict] = useState<(typeof FINDINGS)[number] | null>(null);
  const [finding, setFinding] = useState('');
  const { mutation, errorOf } = useCommand({
    run: (key) => resolveObjection(data.application_id, objection.objection_id, { upheld: verdict === 'upheld', finding: finding.trim() }, data.version, key),
    touches: TOUCHED,
    says: t('welfare.did', { what: say(action.label) }),
    onDone: onClose,
  });
  const missing = verdict === null || finding.trim() === '' ? t('welfare.needs_finding') : false;
  return (
    <Dialog open title={say(action.label)} note={data.applicant.name_masked} onClose={onClose} verb={say(action.label)} onSubmit={() => mutation.mutate()} blocked={missing} busy={mutation.isPending}>
      <p>{t('welfare.objection_by', { channel: t(`welfare.channel_${objection.channel}`), when: `${monthDay(new Date(objection.raised_at))} ${timeOf(new Date(objection.raised_at))}` })}</p>
      <Choices items={FINDINGS.map((value) => ({ value, label: t(`welfare.finding_${value}`) }))} value={verdict} onChange={setVerdict} label={t('welfare.finding_label')} layer={LAYER} />
      <Field label={t('welfare.finding_text')} required error={errorOf('finding')}>
        {(ids) => <GrowingText ids={ids} value={finding} maxLength={TEXT_CHARS_MAX} onChange={setFinding} />}
      </Field>
      {mutation.isError && <Failed problem={mutation.error} title={t('welfare.not_done')} />}
    </Dialog>
  );
}
