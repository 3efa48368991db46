/** One account in full, and what its administrator may do with it. */
import type { Account } from '@/api/accounts';
import { Act } from '@/kit/Act';
import { Avatar } from '@/kit/Avatar';
import { Panel } from '@/kit/Panel';
import { StatusTag } from '@/kit/StatusTag';
import { useSession } from '@/lib/session';
import { useWords } from '@/lib/words';
import type { OpenDialog } from './AccountDialogs';
import styles from './accounts.module.css';

interface Props {
  account: Account;
  roles: string;
  onOpen: (open: OpenDialog) => void;
}

export function AccountPanel({ account, roles, onOpen }: Props) {
  const { t } = useWords();
  const session = useSession();
  const lines: [string, string][] = [
    [t('accounts.no'), account.staff_no],
    [t('accounts.roles'), roles],
    [t('accounts.org'), account.org.name],
    [t('accounts.seat'), account.seat ?? '—'],
    [t('accounts.phone'), account.phone_masked ?? '—'],
    [t('accounts.authenticator'), t(account.has_authenticator ? 'accounts.code_on' : 'accounts.code_off')],
  ];
  const may = session.roles.includes('security_admin');
  const own = session.staff_id === account.staff_id;
  return (
    <Panel
      title={t('accounts.detail')}
      action={<StatusTag tone={account.active ? 'done' : 'over'}>{t(account.active ? 'accounts.active' : 'accounts.disabled')}</StatusTag>}
      foot={may && !own && <Acts account={account} onOpen={onOpen} />}
    >
      <div className={styles.person}>
        <Avatar name={account.name} size="large" />
        <b className={styles.personName}>{account.name}</b>
      </div>
      <dl className={styles.lines}>
        {lines.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {may && own && <p className={styles.note}>{t('accounts.own')}</p>}
      {!may && <p className={styles.note}>{t('accounts.read_only')}</p>}
    </Panel>
  );
}

function Acts({ account, onOpen }: { account: Account; onOpen: (open: OpenDialog) => void }) {
  const { t } = useWords();
  return (
    <div className={styles.acts}>
      <Act kind="chosen" onAct={() => onOpen({ kind: 'change', account })}>
        {t('accounts.change')}
      </Act>
      <Act onAct={() => onOpen({ kind: 'password', account })}>{t('accounts.reset_password')}</Act>
      {account.has_authenticator && <Act onAct={() => onOpen({ kind: 'authenticator', account })}>{t('accounts.remove_code')}</Act>}
      <Act kind={account.active ? 'danger' : 'plain'} onAct={() => onOpen({ kind: 'switch', account })}>
        {t(account.active ? 'accounts.disable' : 'accounts.enable')}
      </Act>
    </div>
  );
}
