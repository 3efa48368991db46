/** Personal data, masked. The eye asks for a reason, the owner writes the audit record, and after 30 s the mask is back. */
import { useEffect, useRef, useState } from 'react';
import { EyeInvisibleOutlined, EyeOutlined } from '@ant-design/icons';
import { Input } from 'antd';
import { newKey, Problem } from '@/api/client';
import { reveal, type RevealField, type RevealOwner, type RevealReason, type RevealRequest } from '@/api/session';
import { useWords } from '@/lib/words';
import { Choices } from './Choices';
import { Dialog } from './Dialog';
import { FieldError } from './Field';
import styles from './masked.module.css';

const REASONS: readonly RevealReason[] = ['contact', 'verify', 'document', 'complaint', 'other'];

interface Props {
  masked: string;
  owner: RevealOwner;
  kind: RevealRequest['kind'];
  id: string;
  field: RevealField;
}

export function MaskedText({ masked, owner, kind, id, field }: Props) {
  const { t } = useWords();
  const [asking, setAsking] = useState(false);
  const [value, setValue] = useState<string | null>(null);
  const timer = useRef<number | undefined>(undefined);
  useEffect(() => () => window.clearTimeout(timer.current), []);

  const show = (revealed: { value: string; remask_after_s: number }) => {
    setAsking(false);
    setValue(revealed.value);
    timer.current = window.setTimeout(() => setValue(null), revealed.remask_after_s * 1000);
  };
  const toggle = () => (value === null ? setAsking(true) : setValue(null));
  return (
    <span className={styles.masked}>
      <span>{value ?? masked}</span>
      <button type="button" className={styles.eye} onClick={toggle} aria-label={t(value === null ? 'masked.show' : 'masked.hide', { what: t(`masked.field_${field}`) })}>
        {value === null ? <EyeOutlined /> : <EyeInvisibleOutlined />}
      </button>
      {asking && <ReasonDialog request={{ kind, id, field }} owner={owner} onShown={show} onClose={() => setAsking(false)} />}
    </span>
  );
}

interface ReasonProps {
  request: Pick<RevealRequest, 'kind' | 'id' | 'field'>;
  owner: RevealOwner;
  onShown: (revealed: { value: string; remask_after_s: number }) => void;
  onClose: () => void;
}

function ReasonDialog({ request, owner, onShown, onClose }: ReasonProps) {
  const { t, explain } = useWords();
  const [reason, setReason] = useState<RevealReason>('contact');
  const [note, setNote] = useState('');
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [key] = useState(newKey);
  const missing = reason === 'other' && note.trim() === '';
  const ask = async () => {
    setBusy(true);
    try {
      onShown(await reveal(owner, { ...request, reason, note }, key));
    } catch (cause) {
      if (!(cause instanceof Problem)) throw cause;
      setProblem(cause);
      setBusy(false);
    }
  };
  return (
    <Dialog
      open
      title={t('masked.title', { what: t(`masked.field_${request.field}`) })}
      note={t('masked.note')}
      onClose={onClose}
      verb={t('masked.verb')}
      onSubmit={() => void ask()}
      busy={busy}
      blocked={missing ? t('masked.needs_note') : false}
      width={600}
    >
      <Choices items={REASONS.map((value) => ({ value, label: t(`masked.reason_${value}`) }))} value={reason} onChange={setReason} label={t('masked.reason')} layer={Number.MAX_SAFE_INTEGER} />
      <Input aria-label={t('masked.note_label')} placeholder={t('masked.note_label')} value={note} maxLength={100} onChange={(event) => setNote(event.target.value)} />
      {problem && <FieldError>{explain(problem)}</FieldError>}
    </Dialog>
  );
}
