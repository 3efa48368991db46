/** The dialog of one action: at most a numbered reason, whom to and a note, as the server asks for them. */
import { useState } from 'react';
import { Select } from 'antd';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { newKey, Problem } from '@/api/client';
import { actOnCase, addNote, getCandidates } from '@/api/intake';
import { actOnDispute } from '@/api/mediation';
import { openApplication } from '@/api/welfare';
import type { ActionFields, AllowedAction } from '@/api/types';
import type { ActionForm, CasePage } from '@/api/workbench';
import { Choices } from '@/kit/Choices';
import { Dialog } from '@/kit/Dialog';
import { Field, FieldWarning } from '@/kit/Field';
import { GrowingText } from '@/kit/GrowingText';
import { Failed } from '@/kit/states';
import { toast } from '@/kit/toasts';
import { useWords } from '@/lib/words';

const NOTE_CHARS_MAX = 1000;
const LAYER = Number.MAX_SAFE_INTEGER;
const NOTHING: ActionFields = { reasons: [], note: 'none', note_label: null, target: 'none', warning: null };

function send(data: CasePage, action: AllowedAction, form: ActionForm, key: string): Promise<unknown> {
  const version = data.versions[action.service];
  if (action.service === 'mediation' && data.dispute_id) return actOnDispute(data.dispute_id, action.code, form, version, key);
  if (action.code === 'aid') return openApplication({ case_id: data.case_id, party_id: form.target ?? '', programme: form.reason ?? '' }, key);
  if (action.code === 'note') return addNote(data.case_id, { visibility: 'internal', text: form.note }, key);
  return actOnCase(data.case_id, action.code, form, version, key);
}

function missingIn(asked: ActionFields, form: ActionForm): string | null {
  if (asked.reasons.length > 0 && !form.reason) return 'case.needs_reason';
  if (asked.target !== 'none' && !form.target) return 'case.needs_target';
  if (asked.note === 'required' && form.note.trim() === '') return 'case.needs_note';
  return null;
}

interface Props {
  data: CasePage;
  action: AllowedAction;
  onClose: () => void;
}

export function ActionDialog({ data, action, onClose }: Props) {
  const { t, say, language } = useWords();
  const client = useQueryClient();
  const asked = action.form ?? NOTHING;
  const [key, setKey] = useState(newKey);
  const [form, setForm] = useState<ActionForm>({ reason: null, note: '', target: null });
  const change = (changed: Partial<ActionForm>) => setForm((now) => ({ ...now, ...changed }));
  const candidates = useQuery({ queryKey: ['candidates', data.case_id, action.code], queryFn: () => getCandidates(data.case_id, action.code), enabled: asked.target === 'org' || asked.target === 'case' });
  const targets =
    asked.target === 'party'
      ? data.parties.claimants.items.map((one) => ({ value: one.party_id, label: one.name_masked }))
      : candidates.data?.items.map((one) => ({ value: one.id, label: one.note ? `${say(one.name)} · ${say(one.note)}` : say(one.name) }));
  const save = useMutation({
    mutationFn: () => send(data, action, form, key),
    onSuccess: () => {
      toast('done', t('case.did', { what: say(action.label) }));
      void client.invalidateQueries({ queryKey: ['case', data.case_id] });
      void client.invalidateQueries({ queryKey: ['timeline', data.case_id] });
      onClose();
    },
    onError: (cause) => {
      if (!(cause instanceof Problem) || cause.code !== 'stale_version') return;
      // The page fetches the latest; what was typed stays and is a new attempt against the new version.
      setKey(newKey());
      void client.invalidateQueries({ queryKey: ['case', data.case_id] });
    },
  });
  const errorOf = (field: keyof ActionForm): string | null => {
    const found = save.error instanceof Problem ? save.error.errors.find((one) => one.field === field) : undefined;
    return found ? (language === 'en' ? found.en : found.zh) : null;
  };
  const missing = missingIn(asked, form);
  return (
    <Dialog
      open
      title={say(action.label)}
      note={data.case_no}
      onClose={onClose}
      verb={say(action.label)}
      onSubmit={() => save.mutate()}
      blocked={missing ? t(missing) : false}
      busy={save.isPending}
      width={680}
    >
      {asked.reasons.length > 0 && (
        <Field label={t('case.reason')} required group error={errorOf('reason')}>
          {() => (
            <Choices items={asked.reasons.map((one) => ({ value: one.code, label: say(one.label) }))} value={form.reason} onChange={(reason) => change({ reason })} label={t('case.reason')} layer={LAYER} />
          )}
        </Field>
      )}
      {asked.target !== 'none' && (
        <Field label={t(`case.target_${asked.target}`)} required error={errorOf('target')}>
          {(ids) => (
            <Select
              {...ids}
              style={{ width: '100%' }}
              showSearch={{ optionFilterProp: 'label' }}
              loading={candidates.isLoading}
              value={form.target}
              options={targets}
              onChange={(target: string) => change({ target })}
            />
          )}
        </Field>
      )}
      {asked.note !== 'none' && (
        <Field label={asked.note_label ? say(asked.note_label) : t('case.note')} required={asked.note === 'required'} error={errorOf('note')}>
          {(ids) => <GrowingText ids={ids} value={form.note} maxLength={NOTE_CHARS_MAX} onChange={(note) => change({ note })} />}
        </Field>
      )}
      {asked.warning && <FieldWarning>{say(asked.warning)}</FieldWarning>}
      {action.form === null && <p>{t('case.confirm', { what: say(action.label) })}</p>}
      {save.isError && <Failed problem={save.error} title={t('case.not_done')} />}
    </Dialog>
  );
}
