/** Writing down what was done: for colleagues only, or for the parties too; the two look and read differently. */
import { useEffect, useRef, useState } from 'react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { newKey } from '@/api/client';
import { addNote } from '@/api/intake';
import type { CasePage } from '@/api/workbench';
import { Act } from '@/kit/Act';
import { Choices } from '@/kit/Choices';
import { GrowingText } from '@/kit/GrowingText';
import { Failed } from '@/kit/states';
import { useWords } from '@/lib/words';
import styles from './case.module.css';

const NOTE_CHARS_MAX = 2000;
type Visibility = 'internal' | 'external';
const VISIBILITIES: readonly Visibility[] = ['internal', 'external'];

const place = (id: string): string => `nuanliu.note.${id}`;

export function Composer({ data, onEditing }: { data: CasePage; onEditing: (editing: boolean) => void }) {
  const { t } = useWords();
  const client = useQueryClient();
  const box = useRef<HTMLDivElement>(null);
  const [visibility, setVisibility] = useState<Visibility>('internal');
  const [text, setText] = useState(() => localStorage.getItem(place(data.case_id)) ?? '');
  const [key, setKey] = useState(newKey);
  useEffect(() => {
    if (text) localStorage.setItem(place(data.case_id), text);
    else localStorage.removeItem(place(data.case_id));
  }, [text, data.case_id]);
  const save = useMutation({
    mutationFn: () => addNote(data.case_id, { visibility, text }, key),
    onSuccess: () => {
      setText('');
      setKey(newKey());
      onEditing(false);
      void client.invalidateQueries({ queryKey: ['case', data.case_id] });
    },
  });
  const record = () => {
    if (text.trim() === '') box.current?.querySelector('textarea')?.focus();
    else save.mutate();
  };
  return (
    <div className={`${styles.composer} ${visibility === 'external' ? styles.composerOut : ''}`} ref={box}>
      {save.isError && <Failed problem={save.error} title={t('case.note_failed')} onRetry={() => save.mutate()} />}
      <div className={styles.composerRow}>
        <Choices plain items={VISIBILITIES.map((value) => ({ value, label: t(`case.${value}`) }))} value={visibility} onChange={setVisibility} label={t('case.visibility')} />
        <GrowingText
          bare
          label={t(`case.note_${visibility}`)}
          placeholder={t(`case.note_${visibility}`)}
          value={text}
          maxLength={NOTE_CHARS_MAX}
          onChange={(next) => {
            setText(next);
            onEditing(next !== '');
          }}
        />
        <Act kind="chosen" size="row" shortcut="submit" keyOptions={{ within: box }} busy={save.isPending} onAct={record}>
          {t('case.record')}
        </Act>
      </div>
    </div>
  );
}
