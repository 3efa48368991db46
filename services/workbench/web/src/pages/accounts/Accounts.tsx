/** Accounts of the administrator's part of the organisation: who may do what; opened, changed, reset and disabled here. */
import { useRef, useState } from 'react';
import { Input, type InputRef } from 'antd';
import { UserAddOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { getAccounts, type Account, type Accounts } from '@/api/accounts';
import { Act } from '@/kit/Act';
import { Choices } from '@/kit/Choices';
import { HintLine } from '@/kit/HintLine';
import { PageHead } from '@/kit/PageHead';
import { Panel } from '@/kit/Panel';
import { QueueList, type Column } from '@/kit/QueueList';
import { Empty, QueryState } from '@/kit/states';
import { StatusWord } from '@/kit/StatusTag';
import { useSession } from '@/lib/session';
import { useWords } from '@/lib/words';
import page from '@/kit/page.module.css';
import { AccountDialogs, type OpenDialog } from './AccountDialogs';
import { AccountPanel } from './AccountPanel';
import styles from './accounts.module.css';

const STATES = ['active', 'disabled', 'all'] as const;
type State = (typeof STATES)[number];
/** The dialog has given the focus back by then, if there is something to give it to. */
const FOCUS_AFTER_MS = 300;

/** Every piece of the role, unit, name and number may be searched for, in whatever case. */
function matches(one: Account, roles: string, text: string): boolean {
  const wanted = text.toLowerCase();
  return [one.staff_no, one.name, one.org.name, roles].some((part) => part.toLowerCase().includes(wanted));
}

export function useRoleNames(accounts: Accounts): (one: Account) => string {
  const { t, say } = useWords();
  const names = new Map(accounts.roles.map((role) => [role.code, say(role.label)]));
  return (one) => one.roles.map((role) => names.get(role) ?? role).join(t('kit.list_comma'));
}

function useColumns(rolesOf: (one: Account) => string): Column<Account>[] {
  const { t } = useWords();
  return [
    { key: 'no', title: t('accounts.no'), width: '72px', cell: (one) => one.staff_no },
    { key: 'name', title: t('accounts.name'), width: '92px', cell: (one) => <b>{one.name}</b> },
    { key: 'roles', title: t('accounts.roles'), width: 'minmax(0,1fr)', cell: (one) => <span title={rolesOf(one)}>{rolesOf(one)}</span> },
    { key: 'org', title: t('accounts.org'), width: '148px', cell: (one) => one.org.name },
    {
      key: 'code', title: t('accounts.authenticator'), width: '92px',
      cell: (one) => <StatusWord tone={one.has_authenticator ? 'done' : 'paused'}>{t(one.has_authenticator ? 'accounts.code_on' : 'accounts.code_off')}</StatusWord>,
    },
    { key: 'state', title: t('accounts.state'), width: '84px', cell: (one) => <StatusWord tone={one.active ? 'done' : 'over'}>{t(one.active ? 'accounts.active' : 'accounts.disabled')}</StatusWord> },
  ];
}

function Body({ accounts, text, state, onOpen }: { accounts: Accounts; text: string; state: State; onOpen: (open: OpenDialog) => void }) {
  const { t } = useWords();
  const [at, setAt] = useState<string | null>(null);
  const rolesOf = useRoleNames(accounts);
  const columns = useColumns(rolesOf);
  const shown = accounts.items.filter((one) => (state === 'all' || one.active === (state === 'active')) && matches(one, rolesOf(one), text));
  const current = shown.find((one) => one.staff_id === at) ?? shown[0];
  return (
    <div className={styles.columns}>
      <Panel grow title={t('accounts.list')} count={t('accounts.count', { n: shown.length })}>
        <QueueList
          items={shown}
          keyOf={(one) => one.staff_id}
          columns={columns}
          label={t('accounts.page')}
          scope={`${state} ${text}`}
          compact
          onMove={(one) => setAt(one.staff_id)}
          onOpen={(one) => setAt(one.staff_id)}
          empty={<Empty title={t('accounts.none')} advice={t('accounts.none_advice')} />}
        />
      </Panel>
      {current && <AccountPanel account={current} roles={rolesOf(current)} onOpen={onOpen} />}
    </div>
  );
}

export default function AccountsPage() {
  const { t } = useWords();
  const { roles } = useSession();
  const query = useQuery({ queryKey: ['accounts'], queryFn: getAccounts });
  const [text, setText] = useState('');
  const [state, setState] = useState<State>('active');
  const [open, setOpen] = useState<OpenDialog | null>(null);
  const find = useRef<InputRef>(null);
  const close = () => {
    setOpen(null);
    // Whoever disabled the account in the detail finds its button gone: the keyboard goes on from the search.
    window.setTimeout(() => document.activeElement === document.body && find.current?.focus(), FOCUS_AFTER_MS);
  };
  const showNew = (staffNo: string) => {
    setState('active');
    setText(staffNo);
  };
  return (
    <div className={page.page}>
      <PageHead
        title={t('accounts.page')}
        note={t('accounts.note')}
        actions={
          <>
            <Choices plain items={STATES.map((value) => ({ value, label: t(`accounts.show_${value}`) }))} value={state} onChange={setState} label={t('accounts.state')} />
            <Input.Search aria-label={t('accounts.find')} placeholder={t('accounts.find')} allowClear style={{ width: 240 }} ref={find} value={text} onChange={(event) => setText(event.target.value)} />
            {roles.includes('security_admin') && (
              <Act kind="primary" icon={<UserAddOutlined />} onAct={() => setOpen({ kind: 'create' })}>
                {t('accounts.create')}
              </Act>
            )}
          </>
        }
      />
      <QueryState query={query} rows={10} title={t('accounts.failed')}>
        {(accounts) => (
          <>
            <Body accounts={accounts} text={text.trim()} state={state} onOpen={setOpen} />
            {open && <AccountDialogs accounts={accounts} open={open} onClose={close} onCreated={showNew} />}
          </>
        )}
      </QueryState>
      <HintLine hints={[{ keys: ['down', 'up'], says: t('keys.move') }]} />
    </div>
  );
}
