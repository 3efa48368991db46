/** Messages to this person, newest first; opening the page marks them read. */
import { useEffect } from 'react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from 'react-router-dom';
import { newKey } from '@/api/client';
import { getNotices, readNotices, type Notice } from '@/api/session';
import { PageHead } from '@/kit/PageHead';
import { Panel } from '@/kit/Panel';
import { QueueList, type Column } from '@/kit/QueueList';
import { Empty, QueryState } from '@/kit/states';
import { StatusTag } from '@/kit/StatusTag';
import { nearDay, timeOf } from '@/lib/dates';
import { serverNow } from '@/lib/serverTime';
import { useWords } from '@/lib/words';
import page from '@/kit/page.module.css';

const noticeKey = (notice: Notice): string => notice.notice_id;

export default function Notices() {
  const { t } = useWords();
  const client = useQueryClient();
  const navigate = useNavigate();
  const query = useQuery({ queryKey: ['notices'], queryFn: () => getNotices() });
  const { mutate } = useMutation({
    mutationFn: (upTo: string) => readNotices(upTo, newKey()),
    onSuccess: () => client.invalidateQueries({ queryKey: ['desk'] }),
  });
  const newest = query.data?.items[0];
  const unread = newest && !newest.read ? newest.notice_id : null;
  useEffect(() => {
    if (unread) mutate(unread);
  }, [unread, mutate]);

  const columns: Column<Notice>[] = [
    { key: 'at', title: t('notices.at'), width: '120px', cell: (one) => `${nearDay(new Date(one.at), serverNow(), t)} ${timeOf(new Date(one.at))}` },
    { key: 'title', title: t('notices.title'), width: 'minmax(0,1fr)', cell: (one) => one.title },
    { key: 'state', title: t('notices.state'), width: '80px', cell: (one) => (one.read ? null : <StatusTag tone="normal">{t('notices.unread')}</StatusTag>) },
  ];
  return (
    <div className={`${page.page} ${page.ends}`}>
      <PageHead title={t('notices.page')} />
      <Panel grow label={t('notices.page')}>
        <QueryState query={query}>
          {(data) => (
            <QueueList
              items={data.items}
              keyOf={noticeKey}
              columns={columns}
              label={t('notices.page')}
              scope="all"
              onOpen={(one) => one.href && void navigate(one.href)}
              empty={<Empty title={t('notices.none')} />}
            />
          )}
        </QueryState>
      </Panel>
    </div>
  );
}
