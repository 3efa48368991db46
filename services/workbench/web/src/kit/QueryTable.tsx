/**
 * A list over a large set: filters, sort and page live in the address, so a copied link gives a colleague the same view.
 * Pages are keysets: forward by the server's cursor, back by the browser's history.
 */
import type { ReactNode } from 'react';
import { useNavigate, useSearchParams } from 'react-router-dom';
import { useQuery, keepPreviousData } from '@tanstack/react-query';
import type { Page } from '@/api/types';
import { useWords } from '@/lib/words';
import { Act } from './Act';
import { QueueList, type Column } from './QueueList';
import { QueryState, Empty } from './states';
import frame from './frame.module.css';

export type Filter = Record<string, string>;

/** The filter as it stands in the address, and a setter that goes back to the first page. */
export function useUrlFilter(): [Filter, (changed: Filter) => void] {
  const [params, setParams] = useSearchParams();
  const set = (changed: Filter) =>
    setParams((now) => {
      const next = new URLSearchParams(now);
      for (const [name, value] of Object.entries({ ...changed, cursor: changed.cursor ?? '' })) {
        if (value) next.set(name, value);
        else next.delete(name);
      }
      return next;
    });
  return [Object.fromEntries(params), set];
}

interface Props<Item> {
  /** First part of the query key: the topic that live changes invalidate. */
  topic: string;
  load: (filter: Filter) => Promise<Page<Item> & { total?: number }>;
  columns: Column<Item>[];
  keyOf: (item: Item) => string;
  onOpen: (item: Item) => void;
  act?: { label: (item: Item) => string; run: (item: Item) => void; width?: string };
  label: string;
  empty?: ReactNode;
  /** Filters that hold whatever the address says. */
  fixed?: Filter;
  compact?: boolean;
}

export function QueryTable<Item>({ topic, load, columns, keyOf, onOpen, act, label, empty, fixed, compact }: Props<Item>) {
  const { t } = useWords();
  const navigate = useNavigate();
  const [filter, setFilter] = useUrlFilter();
  const asked = { ...filter, ...fixed };
  const query = useQuery({ queryKey: [topic, asked], queryFn: () => load(asked), placeholderData: keepPreviousData });
  return (
    <>
      <div className={frame.scroll}>
        <QueryState query={query} rows={8}>
          {(page) => (
            <QueueList
              items={page.items}
              keyOf={keyOf}
              columns={columns}
              label={label}
              scope={JSON.stringify(asked)}
              onOpen={onOpen}
              act={act}
              compact={compact}
              empty={empty ?? <Empty title={t('state.nothing')} advice={t('state.widen')} />}
            />
          )}
        </QueryState>
      </div>
      {query.data && (query.data.total !== undefined || filter.cursor || query.data.next_cursor) && (
        <footer className={frame.foot}>
          <span>{query.data.total === undefined ? '' : t('queue.total', { n: query.data.total })}</span>
          <span className={frame.push}>
            {filter.cursor && (
              <Act size="row" onAct={() => navigate(-1)}>
                {t('queue.back')}
              </Act>
            )}
            {query.data.next_cursor && (
              <Act size="row" onAct={() => setFilter({ cursor: query.data?.next_cursor ?? '' })}>
                {t('queue.more')}
              </Act>
            )}
          </span>
        </footer>
      )}
    </>
  );
}
