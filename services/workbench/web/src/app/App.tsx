/** Signed out: the login page. Signed in: the shell with its pages; a session that ran out is renewed over the page. */
import { lazy, Suspense, useEffect, useState } from 'react';
import { QueryClient, QueryClientProvider, useQuery } from '@tanstack/react-query';
import { ConfigProvider, Modal } from 'antd';
import zhCN from 'antd/locale/zh_CN';
import enUS from 'antd/locale/en_US';
import { RouterProvider } from 'react-router-dom';
import { onSignedOut, Problem, setCsrfToken } from '@/api/client';
import { getSession } from '@/api/session';
import type { Session } from '@/api/types';
import { setLanguage } from '@/i18n';
import { dialogsBox } from '@/kit/layers';
import { Failed, Loading } from '@/kit/states';
import { BASE_SIZE, themeFor } from '@/kit/tokens';
import { setLetterKeys } from '@/lib/keys';
import { noteServerTime } from '@/lib/serverTime';
import { SessionContext } from '@/lib/session';
import { useMedia } from '@/lib/useMedia';
import { useWords } from '@/lib/words';
import { SignInForm } from '@/pages/login/SignInForm';
import { openRouter, router } from './routes';

const Login = lazy(() => import('@/pages/login/Login'));

const STALE_MS = 10_000;
const TRIES_MAX = 2;
/** Styles that antd and its icons write carry the nonce of the page. */
const CSP = { nonce: document.querySelector<HTMLMetaElement>('meta[property=csp-nonce]')?.nonce ?? '' };

const client = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: STALE_MS,
      // An answer of the server stands; only a broken line is tried again.
      retry: (count, problem) => count < TRIES_MAX && (!(problem instanceof Problem) || problem.isOffline),
      refetchOnWindowFocus: false,
    },
  },
});

function SignedOutDialog({ open, onDone }: { open: boolean; onDone: () => void }) {
  const { t } = useWords();
  return (
    <Modal open={open} getContainer={dialogsBox} title={t('login.again')} footer={null} closable={false} width={420} destroyOnHidden>
      <SignInForm onDone={onDone} compact />
    </Modal>
  );
}

function useSettingsOf(session: Session | undefined): number {
  useEffect(() => {
    if (!session) return;
    setCsrfToken(session.csrf_token);
    noteServerTime(session.server_time, true);
    setLetterKeys(session.settings.letter_keys);
    document.documentElement.style.setProperty('--base-size', `${session.settings.font_size}px`);
    void setLanguage(session.settings.language);
  }, [session]);
  return session?.settings.font_size ?? BASE_SIZE;
}

function Desk() {
  const query = useQuery({ queryKey: ['session'], queryFn: getSession, retry: false, staleTime: Number.POSITIVE_INFINITY });
  const [signedOut, setSignedOut] = useState(false);
  const base = useSettingsOf(query.data);
  const still = useMedia('(prefers-reduced-motion: reduce)');
  const { language } = useWords();
  const known = query.data;
  useEffect(() => onSignedOut(() => setSignedOut(true)), []);

  const renew = () => {
    setSignedOut(false);
    void client.invalidateQueries();
  };
  const nobody = query.error instanceof Problem && query.error.status === 401;
  return (
    <ConfigProvider
      theme={themeFor(base, still)}
      locale={language === 'en' ? enUS : zhCN}
      button={{ autoInsertSpace: false }}
      wave={{ disabled: true }}
      csp={CSP}
    >
      <Suspense fallback={<Loading rows={6} />}>
        {known ? (
          <SessionContext value={known}>
            <RouterProvider router={router} />
            <SignedOutDialog open={signedOut} onDone={renew} />
          </SessionContext>
        ) : nobody ? (
          <Login
            onDone={() => {
              setSignedOut(false);
              void query.refetch();
            }}
          />
        ) : query.isError ? (
          <Failed problem={query.error} onRetry={() => void query.refetch()} />
        ) : (
          <Loading rows={6} />
        )}
      </Suspense>
    </ConfigProvider>
  );
}

/** Pages for everybody (a worker follows a request by its code) need no session. */
export function App() {
  const open = openRouter();
  return (
    <QueryClientProvider client={client}>
      {open ? (
        <ConfigProvider csp={CSP}>
          <Suspense fallback={<Loading rows={4} />}>
            <RouterProvider router={open} />
          </Suspense>
        </ConfigProvider>
      ) : (
        <Desk />
      )}
    </QueryClientProvider>
  );
}
