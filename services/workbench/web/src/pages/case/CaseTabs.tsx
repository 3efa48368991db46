/** The left side: timeline first, then notes, materials, related cases, documents and changes; below them the composer. */
import { useState } from 'react';
import { Select } from 'antd';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useSearchParams } from 'react-router-dom';
import { getTimeline, type CasePage } from '@/api/workbench';
import { Act } from '@/kit/Act';
import { Panel } from '@/kit/Panel';
import { Empty, Failed, Loading } from '@/kit/states';
import { TabRow } from '@/kit/TabRow';
import { LaneHead, LANES, Timeline } from '@/kit/Timeline';
import { useWords } from '@/lib/words';
import { Composer } from './Composer';
import { MaterialsTab } from './materials/MaterialsTab';
import { ChangesTab, DocumentsTab, NotesTab, RelatedTab } from './OtherTabs';
import styles from './case.module.css';

type Tab = 'timeline' | 'notes' | 'materials' | 'related' | 'documents' | 'changes';
const TABS: readonly Tab[] = ['timeline', 'notes', 'materials', 'related', 'documents', 'changes'];

export function CaseTabs({ data, onEditing }: { data: CasePage; onEditing: (editing: boolean) => void }) {
  const { t } = useWords();
  const [address, setAddress] = useSearchParams();
  const tab = TABS.find((one) => one === address.get('tab')) ?? 'timeline';
  const setTab = (to: Tab) => setAddress(to === 'timeline' ? {} : { tab: to }, { replace: true });
  const counts: Partial<Record<Tab, number>> = data.counts;
  const items = TABS.map((key) => ({ key, label: t(`case.tab_${key}`), count: counts[key] }));
  return (
    <Panel grow still label={t('case.page')} head={<TabRow items={items} value={tab} onChange={setTab} label={t('case.page')} />}>
      {tab === 'timeline' && <TimelineTab id={data.case_id} />}
      {tab === 'notes' && <NotesTab id={data.case_id} />}
      {tab === 'materials' && <MaterialsTab id={data.case_id} />}
      {tab === 'related' && <RelatedTab id={data.case_id} />}
      {tab === 'documents' && <DocumentsTab id={data.case_id} />}
      {tab === 'changes' && <ChangesTab id={data.case_id} />}
      <Composer data={data} onEditing={onEditing} />
    </Panel>
  );
}

function TimelineTab({ id }: { id: string }) {
  const { t } = useWords();
  const [service, setService] = useState('');
  const query = useInfiniteQuery({
    queryKey: ['case', id, 'timeline', service],
    queryFn: ({ pageParam }) => getTimeline(id, { service, cursor: pageParam }),
    initialPageParam: '',
    getNextPageParam: (last) => last.next_cursor,
  });
  const items = query.data?.pages.flatMap((one) => one.items) ?? [];
  const filters = [{ value: '', label: t('case.all_services') }, ...LANES.map((value) => ({ value: value as string, label: t(`service.${value}`) }))];
  return (
    <>
      <LaneHead>
        <Select aria-label={t('case.filter')} variant="borderless" size="small" value={service} options={filters} onChange={setService} popupMatchSelectWidth={false} />
      </LaneHead>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a region that scrolls must be reachable by keyboard */}
      <div className={styles.tabBody} tabIndex={0}>
        {query.isError && <Failed problem={query.error} onRetry={() => void query.refetch()} />}
        {query.isLoading && <Loading rows={7} />}
        {query.data && items.length === 0 && <Empty title={t('case.no_timeline')} advice={t('case.no_timeline_advice')} />}
        <Timeline items={items} />
        {query.hasNextPage && (
          <div className={styles.older}>
            <Act size="row" busy={query.isFetchingNextPage} onAct={() => void query.fetchNextPage()}>
              {t('case.older')}
            </Act>
          </div>
        )}
      </div>
    </>
  );
}
