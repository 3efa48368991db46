/** After a return: the corrected account. Somebody else approves it, and it rests before money goes there. */
import { useState } from 'react';
import { Input } from 'antd';
import { correctAccount } from '@/api/welfare';
import { Dialog } from '@/kit/Dialog';
import { Field } from '@/kit/Field';
import { Failed } from '@/kit/states';
import { useCommand } from '@/kit/useCommand';
import { useWords } from '@/lib/words';
import { TOUCHED, type ActProps } from './ActDialogs';
import styles from './welfare.module.css';

const FIELDS = ['number', 'bank', 'holder', 'guardian', 'reason'] as const;
const OPTIONAL = new Set<string>(['guardian']);
const CHARS_MAX = 100;

export function AccountDialog({ data, action, onClose }: ActProps) {
  const { t, say } = useWords();
  const [account, setAccount] = useState({ number: '', bank: '', holder: '', guardian: '', reason: '' });
  const { mutation, errorOf } = useCommand({
    run: (key) => correctAccount(data.application_id, { ...account, number: account.number.replaceAll(/\s/g, '') }, data.version, key),
    touches: TOUCHED,
    says: t('welfare.account_kept'),
    onDone: onClose,
  });
  const returned = data.payments.at(-1)?.reason;
  const missing = FIELDS.some((name) => !OPTIONAL.has(name) && account[name].trim() === '') ? t('welfare.needs_account') : false;
  return (
    <Dialog open title={say(action.label)} note={t('welfare.account_note')} onClose={onClose} verb={say(action.label)} onSubmit={() => mutation.mutate()} blocked={missing} busy={mutation.isPending} width={600}>
      {returned && <p className={styles.missing}>{returned}</p>}
      <div className={styles.two}>
        {FIELDS.map((name) => (
          <Field key={name} label={t(`welfare.account_${name}`)} required={!OPTIONAL.has(name)} error={errorOf(name)}>
            {(ids) => <Input {...ids} value={account[name]} maxLength={CHARS_MAX} autoComplete="off" onChange={(event) => setAccount((now) => ({ ...now, [name]: event.target.value }))} />}
          </Field>
        ))}
      </div>
      {mutation.isError && <Failed problem={mutation.error} title={t('welfare.not_done')} />}
    </Dialog>
  );
}
