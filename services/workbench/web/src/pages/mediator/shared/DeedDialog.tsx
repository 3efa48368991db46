/** A dialog that sends one command of a dispute; a refusal says what to do, and lists what the server found missing. */
import { useState, type ReactNode } from 'react';
import type { Deed, DisputePage } from '@/api/mediation';
import { Dialog } from '@/kit/Dialog';
import { FieldError } from '@/kit/Field';
import { toast } from '@/kit/toasts';
import { useWords } from '@/lib/words';
import { missingOf, useDeed, useSaid, type DeedState } from './useDispute';
import styles from './shared.module.css';

interface Props {
  page: DisputePage;
  title: string;
  note?: ReactNode;
  verb?: string;
  /** Null while the form is not ready: `blocked` says why. */
  deed?: Deed | null;
  blocked?: string | false;
  done?: string;
  onClose: () => void;
  width?: number;
  danger?: boolean;
  children: ReactNode;
}

export function DeedDialog({ page, title, note, verb, deed, blocked, done, onClose, width, danger, children }: Props) {
  const { t } = useWords();
  const state = useDeed(page);
  const submit = async () => {
    if (!deed) return;
    const answer = await state.send(deed);
    if (!answer) return;
    toast('done', done ?? t('mediation.done', { what: title }));
    onClose();
  };
  return (
    <Dialog open title={title} note={note} onClose={onClose} verb={verb} onSubmit={() => void submit()} blocked={blocked || Boolean(verb && !deed)} busy={state.busy} width={width} danger={danger}>
      {children}
      <Refusal state={state} />
    </Dialog>
  );
}

/** What the server said no to: its sentence, the fields, and everything it still misses. */
export function Refusal({ state }: { state: Pick<DeedState, 'problem'> }) {
  const { explain } = useWords();
  const said = useSaid();
  const { problem } = state;
  if (!problem) return null;
  return (
    <div role="alert">
      <FieldError>{explain(problem)}</FieldError>
      <ul className={styles.refused}>
        {problem.errors.map((one) => (
          <li key={`${one.field}-${one.code}`}>{said(one)}</li>
        ))}
        {missingOf(problem).map((one) => (
          <li key={one.code}>{said(one)}</li>
        ))}
      </ul>
    </div>
  );
}

/** A dialog's own field state in one line. */
export function useForm<Form extends object>(initial: Form): [Form, (changed: Partial<Form>) => void] {
  const [form, setForm] = useState(initial);
  return [form, (changed) => setForm((was) => ({ ...was, ...changed }))];
}
