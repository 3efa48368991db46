/** Who did what, over all services; nothing here can be changed, and reading it is on record too. */
import { useState } from 'react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { getAudit, type AuditLine } from '@/api/operations';
import { Act } from '@/kit/Act';
import { HintLine } from '@/kit/HintLine';
import { PageHead } from '@/kit/PageHead';
import { Panel } from '@/kit/Panel';
import { QueueList, type Column } from '@/kit/QueueList';
import { useUrlFilter } from '@/kit/QueryTable';
import { StatusWord } from '@/kit/StatusTag';
import { Empty, Failed, Loading } from '@/kit/states';
import { fullOf } from '@/lib/dates';
import { useWords } from '@/lib/words';
import page from '@/kit/page.module.css';
import { AuditDetail } from './AuditDetail';
import { AuditFilters } from './AuditFilters';
import { ChainPanel } from './ChainPanel';
import { changesOf } from './changes';
import styles from './audit.module.css';

const ID_ENDS = 8;
const rowKey = (one: AuditLine): string => one.id;

function useColumns(): Column<AuditLine>[] {
  const { t } = useWords();
  const changed = (one: AuditLine): string =>
    changesOf(one.before, one.after)
      .map((change) => `${change.field} ${change.before ?? '—'} → ${change.after ?? '—'}`)
      .join(t('audit.semicolon'));
  return [
    { key: 'at', title: t('audit.at'), width: '158px', cell: (one) => fullOf(new Date(one.at)) },
    { key: 'by', title: t('audit.by'), width: '92px', cell: (one) => one.by },
    { key: 'service', title: t('audit.service'), width: '64px', cell: (one) => t(`service.${one.service}`) },
    { key: 'action', title: t('audit.action'), width: '132px', cell: (one) => t([`audit.action_${one.action.replaceAll('.', '_')}`, one.action]) },
    { key: 'object', title: t('audit.object'), width: '140px', cell: (one) => <span title={one.object_id}>{`${t([`audit.kind_${one.kind}`, one.kind])} …${one.object_id.slice(-ID_ENDS)}`}</span> },
    { key: 'changes', title: t('audit.changes'), width: 'minmax(0,1.4fr)', cell: (one) => <span title={changed(one)}>{changed(one) || '—'}</span> },
    { key: 'why', title: t('audit.why'), width: 'minmax(0,1fr)', cell: (one) => one.why ?? '—' },
  ];
}

export default function AuditPage() {
  const { t } = useWords();
  const [filter, setFilter] = useUrlFilter();
  const [at, setAt] = useState<string | null>(null);
  const columns = useColumns();
  const query = useInfiniteQuery({
    queryKey: ['audit', filter],
    queryFn: ({ pageParam }) => getAudit({ ...filter, cursor: pageParam }),
    initialPageParam: '',
    getNextPageParam: (last) => last.next_cursor,
  });
  const lines = query.data?.pages.flatMap((one) => one.items) ?? [];
  const missing = [...new Set(query.data?.pages.flatMap((one) => one.missing))];
  const current = lines.find((one) => one.id === at) ?? lines[0];
  return (
    <div className={page.page}>
      <PageHead title={t('audit.page')} note={t('audit.page_note')} />
      <AuditFilters filter={filter} onChange={setFilter} people={lines} />
      <div className={styles.columns}>
        <Panel
          grow
          label={t('audit.page')}
          title={t('audit.lines')}
          count={t('audit.loaded', { n: lines.length })}
          action={missing.length > 0 && <StatusWord tone="over">{t('audit.missing', { list: missing.map((one) => t(`service.${one}`)).join(t('kit.list_comma')) })}</StatusWord>}
          foot={
            query.hasNextPage && (
              <Act size="row" busy={query.isFetchingNextPage} onAct={() => void query.fetchNextPage()}>
                {t('audit.more')}
              </Act>
            )
          }
        >
          {query.isError && <Failed problem={query.error} title={t('audit.failed')} onRetry={() => void query.refetch()} />}
          {query.isPending && <Loading rows={10} />}
          {query.data && (
            <QueueList
              items={lines}
              keyOf={rowKey}
              columns={columns}
              label={t('audit.page')}
              scope={`${JSON.stringify(filter)} ${lines.length}`}
              compact
              onMove={(one) => setAt(one.id)}
              onOpen={(one) => setAt(one.id)}
              empty={<Empty title={t('audit.empty')} advice={t('audit.empty_advice')} />}
            />
          )}
        </Panel>
        <div className={page.column}>
          {current ? <AuditDetail line={current} onFilter={setFilter} /> : <Panel title={t('audit.detail')}><Empty title={t('audit.choose')} /></Panel>}
          <ChainPanel />
        </div>
      </div>
      <HintLine hints={[{ keys: ['down', 'up'], says: t('keys.move') }]} />
    </div>
  );
}
