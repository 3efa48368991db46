/** What stands in the way of saving: a colleague changed the account first, or the server refused. Nothing typed is lost. */
import { useState } from 'react';
import type { Account, Accounts } from '@/api/accounts';
import { Problem } from '@/api/client';
import { Act } from '@/kit/Act';
import { FieldWarning } from '@/kit/Field';
import { Failed } from '@/kit/states';
import type { RunningCommand } from '@/kit/useCommand';
import { useWords } from '@/lib/words';
import { differing, type Difference } from './draft';
import styles from './accounts.module.css';

interface Seen {
  /** The account that the person has before them: its version goes with the command. */
  seen: Account;
  /** The account as the last answer of the server has it. */
  latest: Account;
  isBehind: boolean;
  look: () => void;
}

export function useSeen(accounts: Accounts, opened: Account): Seen {
  const [seen, setSeen] = useState(opened);
  const latest = accounts.items.find((one) => one.staff_id === opened.staff_id) ?? seen;
  return { seen, latest, isBehind: latest.version !== seen.version, look: () => setSeen(latest) };
}

interface MeanwhileProps {
  accounts: Accounts;
  seen: Account;
  latest: Account;
  onLooked: () => void;
}

export function Meanwhile({ accounts, seen, latest, onLooked }: MeanwhileProps) {
  const { t, say } = useWords();
  const named = new Map(accounts.roles.map((one) => [one.code, say(one.label)]));
  const shown: Record<Difference, (one: Account) => string> = {
    name: (one) => one.name,
    phone: (one) => one.phone_masked ?? '—',
    roles: (one) => one.roles.map((role) => named.get(role) ?? role).join(t('kit.list_comma')),
    org: (one) => one.org.name,
    seat: (one) => one.seat ?? '—',
    active: (one) => t(one.active ? 'accounts.active' : 'accounts.disabled'),
  };
  const found = differing(seen, latest);
  return (
    <div className={styles.meanwhile} role="alert">
      <FieldWarning>{t('accounts.meanwhile')}</FieldWarning>
      <ul>
        {found.map((name) => (
          <li key={name}>{t('accounts.was_is', { what: t(name === 'active' ? 'accounts.state' : `accounts.${name}`), was: shown[name](seen), is: shown[name](latest) })}</li>
        ))}
        {found.length === 0 && <li>{t('accounts.credentials_changed')}</li>}
      </ul>
      <Act size="row" kind="chosen" onAct={onLooked}>
        {t('accounts.looked')}
      </Act>
    </div>
  );
}

interface RefusalProps {
  mutation: RunningCommand<unknown>['mutation'];
  /** Fields of this dialog: what is wrong with them stands beside them. */
  shown: readonly string[];
}

export function Refusal({ mutation, shown }: RefusalProps) {
  const { t } = useWords();
  const problem = mutation.error;
  if (!problem) return null;
  if (!(problem instanceof Problem) || problem.errors.length === 0) return <Failed problem={problem} title={t('accounts.not_done')} />;
  const elsewhere = problem.errors.find((one) => !shown.includes(one.field));
  return elsewhere ? <Failed problem={new Problem({ type: 'about:blank', status: problem.status, trace_id: problem.traceId, ...elsewhere })} title={t('accounts.not_done')} /> : null;
}
