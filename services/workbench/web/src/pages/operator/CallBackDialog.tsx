/** Calling back after a case was handled: reached or not, how satisfied, and why not. */
import { useState } from 'react';
import { Checkbox } from 'antd';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { newKey } from '@/api/client';
import { recordCallBack, type CallBack, type CallBackResult } from '@/api/intake';
import type { QueueItem } from '@/api/workbench';
import { Choices } from '@/kit/Choices';
import { Dialog } from '@/kit/Dialog';
import { Field } from '@/kit/Field';
import { GrowingText } from '@/kit/GrowingText';
import { Failed } from '@/kit/states';
import { toast } from '@/kit/toasts';
import { useWords } from '@/lib/words';

const RESULTS: readonly CallBackResult[] = ['reached', 'no_answer', 'refused'];
const SATISFACTION = ['5', '4', '3', '2', '1'] as const;
const DISSATISFIED_MAX = 2;
const NOTE_CHARS_MAX = 500;
const LAYER = Number.MAX_SAFE_INTEGER;

export function CallBackDialog({ item, onClose }: { item: QueueItem; onClose: () => void }) {
  const { t } = useWords();
  const client = useQueryClient();
  const [key] = useState(newKey);
  const [form, setForm] = useState<CallBack>({ result: 'reached', satisfaction: null, handler_at_fault: false, note: '' });
  const change = (changed: Partial<CallBack>) => setForm((now) => ({ ...now, ...changed }));
  const save = useMutation({
    mutationFn: () => recordCallBack(item.case_id ?? '', form, key),
    onSuccess: () => {
      toast('done', t('callback.saved'));
      void client.invalidateQueries({ queryKey: ['queue'] });
      onClose();
    },
  });
  const reached = form.result === 'reached';
  const unhappy = reached && form.satisfaction !== null && form.satisfaction <= DISSATISFIED_MAX;
  const missing = reached && form.satisfaction === null ? t('callback.needs_satisfaction') : unhappy && form.note.trim() === '' ? t('callback.needs_note') : false;
  return (
    <Dialog
      open
      title={t('callback.title', { who: item.who_masked, tail: item.phone_tail })}
      note={item.case_no}
      onClose={onClose}
      verb={t('callback.verb')}
      onSubmit={() => save.mutate()}
      blocked={missing}
      busy={save.isPending}
      width={600}
    >
      <Field label={t('callback.result')} required group>
        {() => (
          <Choices
            items={RESULTS.map((value) => ({ value, label: t(`callback.result_${value}`) }))}
            value={form.result}
            onChange={(result) => change({ result, satisfaction: null })}
            label={t('callback.result')}
            layer={LAYER}
          />
        )}
      </Field>
      {reached && (
        <Field label={t('callback.satisfaction')} required group>
          {() => (
            <Choices
              items={SATISFACTION.map((value) => ({ value, label: t(`callback.satisfaction_${value}`) }))}
              value={form.satisfaction === null ? null : (`${form.satisfaction}` as (typeof SATISFACTION)[number])}
              onChange={(value) => change({ satisfaction: Number(value) })}
              label={t('callback.satisfaction')}
              layer={LAYER}
            />
          )}
        </Field>
      )}
      {unhappy && (
        <Checkbox checked={form.handler_at_fault} onChange={(event) => change({ handler_at_fault: event.target.checked })}>
          {t('callback.at_fault')}
        </Checkbox>
      )}
      <Field label={t('callback.note')} required={unhappy}>
        {(ids) => <GrowingText ids={ids} value={form.note} maxLength={NOTE_CHARS_MAX} onChange={(note) => change({ note })} />}
      </Field>
      {save.isError && <Failed problem={save.error} onRetry={() => save.mutate()} />}
    </Dialog>
  );
}
