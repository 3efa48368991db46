/** The home visit: when, with whom, what was seen. */
import { useState } from 'react';
import { Input } from 'antd';
import { recordVisit } from '@/api/welfare';
import { Dialog } from '@/kit/Dialog';
import { Field } from '@/kit/Field';
import { GrowingText } from '@/kit/GrowingText';
import { Failed } from '@/kit/states';
import { useCommand } from '@/kit/useCommand';
import { isoDayOf } from '@/lib/dates';
import { serverNow } from '@/lib/serverTime';
import { useWords } from '@/lib/words';
import { TOUCHED, type ActProps } from './ActDialogs';

const REPORT_CHARS_MAX = 500;
const NAME_CHARS_MAX = 40;

export function VisitDialog({ data, action, onClose }: ActProps) {
  const { t, say } = useWords();
  const [visit, setVisit] = useState({ visited_on: isoDayOf(serverNow()), companion: '', report: '' });
  const change = (part: Partial<typeof visit>) => setVisit((now) => ({ ...now, ...part }));
  const { mutation, errorOf } = useCommand({
    run: (key) => recordVisit(data.application_id, visit, data.version, key),
    touches: TOUCHED,
    says: t('welfare.did', { what: say(action.label) }),
    onDone: onClose,
  });
  const missing = visit.companion.trim() === '' || visit.report.trim() === '' ? t('welfare.needs_visit') : false;
  return (
    <Dialog open title={say(action.label)} note={data.applicant.name_masked} onClose={onClose} verb={say(action.label)} onSubmit={() => mutation.mutate()} blocked={missing} busy={mutation.isPending}>
      <Field label={t('welfare.visited_on')} required error={errorOf('visited_on')}>
        {(ids) => <Input {...ids} type="date" value={visit.visited_on} onChange={(event) => change({ visited_on: event.target.value })} />}
      </Field>
      <Field label={t('welfare.companion')} required note={t('welfare.companion_note')} error={errorOf('companion')}>
        {(ids) => <Input {...ids} value={visit.companion} maxLength={NAME_CHARS_MAX} onChange={(event) => change({ companion: event.target.value })} />}
      </Field>
      <Field label={t('welfare.report')} required note={t('welfare.report_note')} error={errorOf('report')}>
        {(ids) => <GrowingText ids={ids} value={visit.report} maxLength={REPORT_CHARS_MAX} onChange={(report) => change({ report })} />}
      </Field>
      {mutation.isError && <Failed problem={mutation.error} title={t('welfare.not_done')} />}
    </Dialog>
  );
}
