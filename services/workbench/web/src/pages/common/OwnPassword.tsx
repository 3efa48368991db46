/** One's own password: the old one proves who asks, and every session of this person ends with the new one. */
import { useState } from 'react';
import { Input } from 'antd';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { changePassword } from '@/api/accounts';
import { Problem } from '@/api/client';
import { Act } from '@/kit/Act';
import { Field } from '@/kit/Field';
import { Panel } from '@/kit/Panel';
import { Failed } from '@/kit/states';
import { toast } from '@/kit/toasts';
import { useWords } from '@/lib/words';
import styles from './settings.module.css';

const EMPTY = { old: '', password: '', again: '' };

export function OwnPassword() {
  const { t, explain } = useWords();
  const client = useQueryClient();
  const [form, setForm] = useState(EMPTY);
  const change = useMutation<void, Error, void>({
    mutationFn: () => changePassword(form.old, form.password),
    onSuccess: () => {
      setForm(EMPTY);
      toast('done', t('accounts.password_changed'));
      // The session has ended: the next question is answered by the sign-in dialog over this page.
      void client.invalidateQueries({ queryKey: ['desk'] });
    },
  });
  const refused = change.error instanceof Problem ? change.error : null;
  const errorOf = (field: string) => {
    const found = refused?.errors.find((one) => one.field === field);
    return found ? explain(new Problem({ type: 'about:blank', status: 422, trace_id: '', ...found })) : null;
  };
  const differs = form.again !== '' && form.again !== form.password;
  const missing = !form.old || !form.password ? t('accounts.needs_both') : form.again !== form.password ? t('accounts.needs_same') : false;
  const field = (name: keyof typeof EMPTY, autoComplete: string, error: string | null) => (
    <Field label={t(`accounts.own_${name}`)} required note={name === 'password' ? t('accounts.password_rule') : undefined} error={error}>
      {(ids) => <Input.Password {...ids} status={error ? 'error' : undefined} value={form[name]} autoComplete={autoComplete} onChange={(event) => setForm({ ...form, [name]: event.target.value })} />}
    </Field>
  );
  return (
    <Panel title={t('accounts.own_title')} count={t('accounts.own_note')}>
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          if (!missing && !change.isPending) change.mutate();
        }}
      >
        {field('old', 'current-password', errorOf('old'))}
        {field('password', 'new-password', errorOf('password'))}
        {field('again', 'new-password', differs ? t('accounts.needs_same') : null)}
        {change.isError && !refused?.errors.length && <Failed problem={change.error} title={t('accounts.not_done')} />}
        <span>
          <Act kind="chosen" submit blocked={missing} busy={change.isPending}>
            {t('accounts.own_verb')}
          </Act>
        </span>
      </form>
    </Panel>
  );
}
