/** Why a material is struck out: a numbered reason, and words where the reason is another one. */
import { useState } from 'react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { newKey, Problem } from '@/api/client';
import { withdrawMaterial, type Material } from '@/api/materials';
import type { Coded } from '@/api/types';
import { Choices } from '@/kit/Choices';
import { Dialog } from '@/kit/Dialog';
import { Field, FieldWarning } from '@/kit/Field';
import { GrowingText } from '@/kit/GrowingText';
import { Failed } from '@/kit/states';
import { toast } from '@/kit/toasts';
import { useWords } from '@/lib/words';

const NOTE_CHARS_MAX = 1000;
const LAYER = Number.MAX_SAFE_INTEGER;
const OTHER = 'other';

interface Props {
  caseId: string;
  material: Material;
  reasons: Coded[];
  onClose: () => void;
}

export function WithdrawDialog({ caseId, material, reasons, onClose }: Props) {
  const { t, say, language } = useWords();
  const client = useQueryClient();
  const [key] = useState(newKey);
  const [reason, setReason] = useState<string | null>(null);
  const [note, setNote] = useState('');
  const withdraw = useMutation({
    mutationFn: () => withdrawMaterial(caseId, material.material_id, { reason: reason ?? '', note }, key),
    onSuccess: () => {
      toast('done', t('material.withdrawn'));
      void client.invalidateQueries({ queryKey: ['case', caseId] });
      onClose();
    },
  });
  const found = withdraw.error instanceof Problem ? withdraw.error.errors.find((one) => one.field === 'note') : undefined;
  const asksNote = reason === OTHER;
  const missing = reason === null ? t('case.needs_reason') : asksNote && note.trim() === '' ? t('case.needs_note') : false;
  return (
    <Dialog open title={t('material.withdraw_title')} note={material.name} onClose={onClose} verb={t('material.withdraw')} onSubmit={() => withdraw.mutate()} blocked={missing} busy={withdraw.isPending} width={680} danger>
      <Field label={t('case.reason')} required group>
        {() => <Choices items={reasons.map((one) => ({ value: one.code, label: say(one.label) }))} value={reason} onChange={setReason} label={t('case.reason')} layer={LAYER} />}
      </Field>
      <Field label={t('case.note')} required={asksNote} error={found ? (language === 'en' ? found.en : found.zh) : null}>
        {(ids) => <GrowingText ids={ids} value={note} maxLength={NOTE_CHARS_MAX} onChange={setNote} />}
      </Field>
      <FieldWarning>{t('material.withdraw_note')}</FieldWarning>
      {withdraw.isError && !found && <Failed problem={withdraw.error} title={t('case.not_done')} />}
    </Dialog>
  );
}
