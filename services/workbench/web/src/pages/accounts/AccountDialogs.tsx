/** What the administrator does with an account: open, change, disable or enable it, reset what its owner signs in with. */
import { useState } from 'react';
import { Input } from 'antd';
import { changeAccount, createAccount, removeAuthenticator, resetPassword, type Account, type Accounts } from '@/api/accounts';
import { Act } from '@/kit/Act';
import { Dialog } from '@/kit/Dialog';
import { Field } from '@/kit/Field';
import { useCommand } from '@/kit/useCommand';
import { useWords } from '@/lib/words';
import { AccountFields } from './AccountFields';
import { Meanwhile, Refusal, useSeen } from './Meanwhile';
import { draftOf, formOf, freshPassword, lacks, NO_ACCOUNT, rebased, REASON_CHARS_MIN } from './draft';
import styles from './accounts.module.css';

export type OpenDialog = { kind: 'create' } | { kind: 'change' | 'switch' | 'password' | 'authenticator'; account: Account };

const TOUCHES = ['accounts', 'staff'];
const WIDE = 640;

interface Props {
  accounts: Accounts;
  open: OpenDialog;
  onClose: () => void;
  /** The job number of a new account. */
  onCreated: (staffNo: string) => void;
}

export function AccountDialogs({ accounts, open, onClose, onCreated }: Props) {
  switch (open.kind) {
    case 'create':
      return <Create accounts={accounts} onClose={onClose} onCreated={onCreated} />;
    case 'change':
      return <Change accounts={accounts} account={open.account} onClose={onClose} />;
    case 'switch':
      return <Switch accounts={accounts} account={open.account} onClose={onClose} />;
    case 'password':
      return <Password account={open.account} onClose={onClose} />;
    case 'authenticator':
      return <Authenticator account={open.account} onClose={onClose} />;
  }
}

const nameOf = (one: Account): string => `${one.staff_no} ${one.name}`;

const FIELDS = ['staff_no', 'name', 'roles', 'org', 'seat', 'phone', 'why'] as const;

function Create({ accounts, onClose, onCreated }: Omit<Props, 'open'>) {
  const { t } = useWords();
  const [draft, setDraft] = useState(NO_ACCOUNT);
  const done = () => {
    onClose();
    onCreated(draft.staff_no);
  };
  const { mutation, errorOf } = useCommand({ run: (key) => createAccount({ staff_no: draft.staff_no, ...formOf(draft) }, key), touches: TOUCHES, says: t('accounts.created'), onDone: done });
  const missing = lacks(draft);
  return (
    <Dialog open title={t('accounts.create')} note={t('accounts.create_note')} onClose={onClose} verb={t('accounts.create')} width={WIDE} onSubmit={() => mutation.mutate()} busy={mutation.isPending} blocked={missing ? t(missing) : false}>
      <AccountFields accounts={accounts} draft={draft} onChange={setDraft} errorOf={errorOf} isNew />
      <Refusal mutation={mutation} shown={FIELDS} />
    </Dialog>
  );
}

interface OfAccount {
  accounts: Accounts;
  account: Account;
  onClose: () => void;
}

function Change({ accounts, account, onClose }: OfAccount) {
  const { t } = useWords();
  const { seen, latest, isBehind, look } = useSeen(accounts, account);
  const [draft, setDraft] = useState(() => draftOf(account));
  const { mutation, errorOf } = useCommand({ run: (key) => changeAccount(seen, { ...formOf(draft), active: seen.active, why: draft.why.trim() }, key), touches: TOUCHES, says: t('accounts.changed'), onDone: onClose });
  const missing = isBehind ? 'accounts.look_first' : (lacks(draft) ?? (draft.why.trim().length < REASON_CHARS_MIN ? 'accounts.needs_why' : null));
  const goOn = () => {
    setDraft(rebased(draft, seen, latest));
    mutation.reset();
    look();
  };
  return (
    <Dialog open title={t('accounts.change')} note={nameOf(account)} onClose={onClose} verb={t('accounts.save')} width={WIDE} onSubmit={() => mutation.mutate()} busy={mutation.isPending} blocked={missing ? t(missing) : false}>
      <AccountFields accounts={accounts} draft={draft} onChange={setDraft} errorOf={errorOf} phoneNow={seen.phone_masked} />
      <p className={styles.quiet}>{t('accounts.sessions_end')}</p>
      {isBehind ? <Meanwhile accounts={accounts} seen={seen} latest={latest} onLooked={goOn} /> : <Refusal mutation={mutation} shown={FIELDS} />}
    </Dialog>
  );
}

function Switch({ accounts, account, onClose }: OfAccount) {
  const { t } = useWords();
  const { seen, latest, isBehind, look } = useSeen(accounts, account);
  const [why, setWhy] = useState('');
  const verb = t(account.active ? 'accounts.disable' : 'accounts.enable');
  const wanted = { ...formOf(draftOf(seen)), active: !account.active, why: why.trim() };
  const { mutation, errorOf } = useCommand({ run: (key) => changeAccount(seen, wanted, key), touches: TOUCHES, says: t(account.active ? 'accounts.is_disabled' : 'accounts.is_enabled'), onDone: onClose });
  const isDone = seen.active !== account.active;
  const missing = isBehind ? 'accounts.look_first' : isDone ? 'accounts.done_by_others' : why.trim().length < REASON_CHARS_MIN ? 'accounts.needs_why' : null;
  const goOn = () => {
    mutation.reset();
    look();
  };
  return (
    <Dialog open danger={account.active} title={verb} note={nameOf(account)} onClose={onClose} verb={verb} onSubmit={() => mutation.mutate()} busy={mutation.isPending} blocked={missing ? t(missing) : false}>
      <p>{t(account.active ? 'accounts.disable_says' : 'accounts.enable_says')}</p>
      <Field label={t('accounts.why')} required error={errorOf('why')}>
        {(ids) => <Input {...ids} value={why} maxLength={200} onChange={(event) => setWhy(event.target.value)} />}
      </Field>
      {isBehind ? <Meanwhile accounts={accounts} seen={seen} latest={latest} onLooked={goOn} /> : <Refusal mutation={mutation} shown={['why']} />}
    </Dialog>
  );
}

function Password({ account, onClose }: { account: Account; onClose: () => void }) {
  const { t } = useWords();
  const [password, setPassword] = useState('');
  const { mutation, errorOf } = useCommand({ run: () => resetPassword(account.staff_id, password), touches: TOUCHES, says: t('accounts.password_reset'), onDone: onClose });
  return (
    <Dialog open title={t('accounts.reset_password')} note={nameOf(account)} onClose={onClose} verb={t('accounts.reset_password')} onSubmit={() => mutation.mutate()} busy={mutation.isPending} blocked={password === '' ? t('accounts.needs_password') : false}>
      <p>{t('accounts.password_says')}</p>
      <Field label={t('accounts.new_password')} required note={t('accounts.password_rule')} error={errorOf('password')}>
        {(ids) => (
          <span className={styles.withAct}>
            <Input {...ids} value={password} autoComplete="off" spellCheck={false} onChange={(event) => setPassword(event.target.value)} />
            <Act onAct={() => setPassword(freshPassword())}>{t('accounts.make_one')}</Act>
          </span>
        )}
      </Field>
      <Refusal mutation={mutation} shown={['password']} />
    </Dialog>
  );
}

function Authenticator({ account, onClose }: { account: Account; onClose: () => void }) {
  const { t } = useWords();
  const { mutation } = useCommand({ run: () => removeAuthenticator(account.staff_id), touches: TOUCHES, says: t('accounts.code_removed'), onDone: onClose });
  return (
    <Dialog open danger title={t('accounts.remove_code')} note={nameOf(account)} onClose={onClose} verb={t('accounts.remove_code')} onSubmit={() => mutation.mutate()} busy={mutation.isPending}>
      <p>{t('accounts.remove_says')}</p>
      <Refusal mutation={mutation} shown={[]} />
    </Dialog>
  );
}
