/** The five states every list and panel has beside its content: empty, loading, error, no permission, stale. */
import { useEffect, useState, type ReactNode } from 'react';
import { CopyOutlined, DisconnectOutlined, ExclamationCircleFilled, InboxOutlined, LockOutlined, ReloadOutlined } from '@ant-design/icons';
import type { UseQueryResult } from '@tanstack/react-query';
import { Problem } from '@/api/client';
import { useWords } from '@/lib/words';
import { Act } from './Act';
import { toast } from './toasts';
import styles from './states.module.css';

/** Sooner than this a skeleton would only flicker. */
const SKELETON_AFTER_MS = 200;
const TRACE_ENDS = 4;

interface StateProps {
  kind?: 'error' | 'stale' | 'plain';
  icon: ReactNode;
  title: ReactNode;
  advice?: ReactNode;
  action?: ReactNode;
  role?: 'status' | 'alert';
}

function State({ kind = 'plain', icon, title, advice, action, role = 'status' }: StateProps) {
  return (
    <div className={`${styles.state} ${styles[kind] ?? ''}`} role={role}>
      <span className={styles.icon} aria-hidden>
        {icon}
      </span>
      <div className={styles.words}>
        <div className={styles.title}>{title}</div>
        {advice && <div className={styles.advice}>{advice}</div>}
      </div>
      {action}
    </div>
  );
}

/** One sentence and one action. */
export function Empty({ title, advice, action }: { title: ReactNode; advice?: ReactNode; action?: ReactNode }) {
  return <State icon={<InboxOutlined />} title={title} advice={advice} action={action} />;
}

/** Rows in the shape of what comes, seen only after 200 ms; that it is on its way can be read from the beginning. */
export function Loading({ rows = 3 }: { rows?: number }) {
  const { t } = useWords();
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = window.setTimeout(() => setLate(true), SKELETON_AFTER_MS);
    return () => window.clearTimeout(timer);
  }, []);
  return (
    <div className={late ? styles.skeleton : undefined} role="status" aria-label={t('state.loading')} aria-busy>
      {late && Array.from({ length: rows }, (_, index) => <span key={index} className={styles.bone} style={{ width: `${92 - ((index * 17) % 40)}%` }} />)}
    </div>
  );
}

function Trace({ id }: { id: string }) {
  const { t } = useWords();
  if (!id) return null;
  const short = id.length > 2 * TRACE_ENDS + 1 ? `${id.slice(0, TRACE_ENDS)}…${id.slice(-TRACE_ENDS)}` : id;
  const copy = async () => {
    await navigator.clipboard.writeText(id);
    toast('done', t('state.trace_copied'));
  };
  return (
    <button type="button" className={styles.trace} onClick={() => void copy()} title={id}>
      {t('state.trace', { id: short })} <CopyOutlined aria-label={t('state.copy')} />
    </button>
  );
}

/** What happened, what to do now, the trace number, and a retry. */
export function Failed({ problem, title, onRetry }: { problem: unknown; title?: ReactNode; onRetry?: () => void }) {
  const { t, sentence } = useWords();
  const known = problem instanceof Problem ? problem : null;
  if (known?.status === 403 || known?.code === 'not_allowed') return <Forbidden advice={sentence(known)} />;
  return (
    <State
      kind="error"
      role="alert"
      icon={<ExclamationCircleFilled />}
      title={title ?? t('state.failed')}
      advice={
        <>
          {known ? sentence(known) : t('state.failed_advice')} <Trace id={known?.traceId ?? ''} />
        </>
      }
      action={
        onRetry && (
          <Act size="row" icon={<ReloadOutlined />} onAct={onRetry}>
            {t('state.retry')}
          </Act>
        )
      }
    />
  );
}

/** A lock, who owns it, how to ask. */
export function Forbidden({ title, advice, action }: { title?: ReactNode; advice: ReactNode; action?: ReactNode }) {
  const { t } = useWords();
  return <State icon={<LockOutlined />} title={title ?? t('state.forbidden')} advice={advice} action={action} />;
}

/** The line is down: the time of what is shown, and a refresh. */
export function Stale({ since, onRefresh }: { since: string; onRefresh: () => void }) {
  const { t } = useWords();
  return (
    <div className={styles.strip} style={{ background: 'var(--soon-bg)' }}>
      <State
        kind="stale"
        icon={<DisconnectOutlined />}
        title={t('state.stale')}
        advice={t('state.stale_advice', { time: since })}
        action={
          <Act size="row" icon={<ReloadOutlined />} onAct={onRefresh}>
            {t('state.refresh_now')}
          </Act>
        }
      />
    </div>
  );
}

interface QueryStateProps<Data> {
  query: UseQueryResult<Data>;
  children: (data: Data) => ReactNode;
  rows?: number;
  title?: ReactNode;
}

/** Shows loading, error or the content of one query; an error with older content shows both. */
export function QueryState<Data>({ query, children, rows, title }: QueryStateProps<Data>) {
  const retry = () => void query.refetch();
  if (query.data !== undefined) {
    return (
      <>
        {query.isError && <Failed problem={query.error} title={title} onRetry={retry} />}
        {children(query.data)}
      </>
    );
  }
  if (query.isError) return <Failed problem={query.error} title={title} onRetry={retry} />;
  return <Loading rows={rows} />;
}
