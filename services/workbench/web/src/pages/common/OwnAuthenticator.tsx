/** The second factor: scan a code, prove it with six digits; from then on signing in asks for them. */
import { lazy, Suspense, useState } from 'react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getNewSecret, proveSecret } from '@/api/accounts';
import { Problem } from '@/api/client';
import type { Session } from '@/api/types';
import { Act } from '@/kit/Act';
import { FieldError } from '@/kit/Field';
import { Panel } from '@/kit/Panel';
import { Loading, QueryState } from '@/kit/states';
import { StatusTag } from '@/kit/StatusTag';
import { toast } from '@/kit/toasts';
import { useSession } from '@/lib/session';
import { useWords } from '@/lib/words';
import { CodeBoxes, CODE_LENGTH } from '../login/CodeBoxes';
import styles from './settings.module.css';

const ScanCode = lazy(() => import('./ScanCode'));
const GROUP = /.{4}(?=.)/g;

function Scan({ onDone }: { onDone: () => void }) {
  const { t, explain } = useWords();
  const client = useQueryClient();
  const secret = useQuery({ queryKey: ['authenticator'], queryFn: getNewSecret, staleTime: Number.POSITIVE_INFINITY, gcTime: 0 });
  const [code, setCode] = useState('');
  const prove = useMutation<void, Problem, string>({
    mutationFn: (shown) => proveSecret(shown, code),
    onSuccess: () => {
      toast('done', t('accounts.code_added'));
      client.setQueryData<Session>(['session'], (was) => was && { ...was, has_authenticator: true });
      onDone();
    },
  });
  return (
    <QueryState query={secret} rows={4}>
      {(fresh) => (
        <div className={styles.scan}>
          <Suspense fallback={<Loading rows={4} />}>
            <ScanCode uri={fresh.uri} label={t('accounts.scan_image')} />
          </Suspense>
          <div className={styles.form}>
            <a className={styles.here} href={fresh.uri}>
              {t('accounts.scan_here')}
            </a>
            <p>{t('accounts.scan_says')}</p>
            <p className={styles.secret}>
              {t('accounts.scan_by_hand')} <code>{fresh.secret.replaceAll(GROUP, '$& ')}</code>
            </p>
            <label htmlFor="own-code">{t('accounts.scan_code')}</label>
            <CodeBoxes id="own-code" value={code} onChange={setCode} invalid={prove.isError} />
            {prove.isError && <FieldError>{explain(prove.error.errors[0] ? new Problem({ type: 'about:blank', status: 422, trace_id: '', ...prove.error.errors[0] }) : prove.error)}</FieldError>}
            <span>
              <Act kind="chosen" onAct={() => prove.mutate(fresh.secret)} busy={prove.isPending} blocked={code.length < CODE_LENGTH ? t('accounts.scan_needs') : false}>
                {t('accounts.scan_verb')}
              </Act>
            </span>
          </div>
        </div>
      )}
    </QueryState>
  );
}

export function OwnAuthenticator() {
  const { t } = useWords();
  const { has_authenticator: on } = useSession();
  const [open, setOpen] = useState(false);
  return (
    <Panel title={t('accounts.code_title')} count={t('accounts.code_note')} action={<StatusTag tone={on ? 'done' : 'paused'}>{t(on ? 'accounts.code_on' : 'accounts.code_off')}</StatusTag>}>
      {open ? (
        <Scan onDone={() => setOpen(false)} />
      ) : (
        <div className={styles.form}>
          <p>{t(on ? 'accounts.code_is_on' : 'accounts.code_is_off')}</p>
          <span>
            <Act onAct={() => setOpen(true)}>{t(on ? 'accounts.code_change' : 'accounts.code_add')}</Act>
          </span>
        </div>
      )}
    </Panel>
  );
}
