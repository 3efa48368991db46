/** The operator's desk: one list of everything that waits, worst first; today's calls, hot spots and notices beside it. */
import { useState } from 'react';
import { PhoneFilled } from '@ant-design/icons';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from 'react-router-dom';
import { newKey } from '@/api/client';
import { getToday, setPhone, type Today } from '@/api/intake';
import { getQueue, type Queue, type QueueItem, type QueueKind } from '@/api/workbench';
import { Act } from '@/kit/Act';
import { Clock } from '@/kit/Clock';
import { HintLine } from '@/kit/HintLine';
import { Figures, PageHead } from '@/kit/PageHead';
import { Panel } from '@/kit/Panel';
import { QueueList, type Column } from '@/kit/QueueList';
import { useUrlFilter } from '@/kit/QueryTable';
import { Rich } from '@/kit/Rich';
import { Empty, QueryState } from '@/kit/states';
import { TabRow } from '@/kit/TabRow';
import { dayOf, durationOf } from '@/lib/dates';
import { serverNow, useServerNow } from '@/lib/serverTime';
import { useWords } from '@/lib/words';
import { CallBackDialog } from './CallBackDialog';
import { CallsToday, HotspotPanel, NoticePanel } from './HomeSide';
import { KIND_ICONS } from './kinds';
import page from '@/kit/page.module.css';
import styles from './home.module.css';

const KINDS: readonly QueueKind[] = ['missed', 'returned', 'held', 'callback', 'draft'];
const NUMBER_DIGITS = 6;
const PERCENT = 100;
const DAY_STEP_MS = 60_000;

const rowKey = (item: QueueItem): string => item.id;

export default function Home() {
  const { t } = useWords();
  const navigate = useNavigate();
  const today = useQuery({ queryKey: ['today'], queryFn: getToday });
  return (
    <div className={page.page}>
      <PageHead
        title={t('home.title')}
        stacked
        note={<ShiftLine today={today.data} />}
        actions={
          <Act kind="primary" size="bar" icon={<PhoneFilled rotate={90} />} cap="F2" onAct={() => void navigate('/calls/new')}>
            {t('home.register')}
          </Act>
        }
      >
        {today.data && <TodayFigures today={today.data} />}
      </PageHead>
      <div className={`${page.columns} ${styles.columns}`}>
        <QueuePanel />
        <div className={page.column}>
          <CallsToday today={today} />
          <HotspotPanel />
          <NoticePanel />
        </div>
      </div>
      <HintLine
        hints={[
          { keys: ['down', 'up'], says: t('keys.move') },
          { keys: ['open'], says: t('keys.open') },
          { keys: ['act'], says: t('keys.act') },
          { keys: ['new_call'], says: t('keys.new_call') },
          { keys: ['search'], says: t('keys.search') },
        ]}
      />
    </div>
  );
}

function ShiftLine({ today }: { today: Today | undefined }) {
  const { t, say } = useWords();
  const now = useServerNow(DAY_STEP_MS);
  return (
    <>
      {dayOf(now, now, t)}
      {today && ` · ${say(today.shift)}`}
    </>
  );
}

const share = (part: { count: number; of: number }): string => (part.of === 0 ? '—' : ((part.count / part.of) * PERCENT).toFixed(1));

const ratio = (part: { count: number; of: number }): string => `${part.count} / ${part.of}`;

function TodayFigures({ today }: { today: Today }) {
  const { t } = useWords();
  return (
    <Figures
      items={[
        { name: t('home.answered'), value: today.answered, unit: t('home.calls_unit') },
        { name: t('home.average'), value: today.average_s === 0 ? '—' : durationOf(today.average_s) },
        { name: t('home.quick'), value: share(today.quick), unit: '%', note: ratio(today.quick) },
        { name: t('home.satisfied'), value: share(today.satisfied), unit: '%', note: ratio(today.satisfied) },
      ]}
    />
  );
}

function QueuePanel() {
  const { t } = useWords();
  const [filter, setFilter] = useUrlFilter();
  const kind = KINDS.find((one) => one === filter.kind);
  const query = useQuery({ queryKey: ['queue', { kind, cursor: filter.cursor }], queryFn: () => getQueue({ kind, cursor: filter.cursor }) });
  const counts = query.data?.counts;
  const tabs = (['all', ...KINDS] as const).map((key) => ({ key, label: t(`home.kind_${key}`), count: counts?.[key] }));
  return (
    <Panel
      grow
      title={t('home.queue')}
      head={<TabRow items={tabs} value={kind ?? 'all'} onChange={(key) => setFilter({ kind: key === 'all' ? '' : key })} label={t('home.filter')} />}
      action={<span className={styles.note}>{t('home.by_due')}</span>}
      foot={query.data && <QueueFoot queue={query.data} onMore={() => setFilter({ ...filter, cursor: query.data.next_cursor ?? '' })} />}
    >
      <QueryState query={query} rows={12}>
        {(queue) => <QueueRows queue={queue} scope={`${kind}-${filter.cursor}`} />}
      </QueryState>
    </Panel>
  );
}

function QueueFoot({ queue, onMore }: { queue: Queue; onMore: () => void }) {
  const { t } = useWords();
  const later = queue.later;
  return (
    <>
      <span>{later && t('home.later', { n: later.count, kind: t(`home.kind_${later.kind}`), day: dayOf(new Date(later.from), serverNow(), t) })}</span>
      {queue.next_cursor ? (
        <Act kind="quiet" onAct={onMore}>
          {t('queue.more')}
        </Act>
      ) : (
        <Link to="/cases?scope=mine">{t('home.all_mine')}</Link>
      )}
    </>
  );
}

function QueueRows({ queue, scope }: { queue: Queue; scope: string }) {
  const { t } = useWords();
  const navigate = useNavigate();
  const client = useQueryClient();
  const [calledBack, setCalledBack] = useState<QueueItem | null>(null);
  const dial = useMutation({ mutationFn: () => setPhone('dial', newKey()), onSuccess: (phone) => client.setQueryData(['phone'], phone) });

  const open = (item: QueueItem) => {
    if (item.draft_id) return void navigate(`/calls/${item.draft_id}`);
    if (item.case_id) return void navigate(`/cases/${item.case_id}`);
    return void navigate(item.call_id ? `/calls/new?call=${item.call_id}` : '/calls/new');
  };
  const act = (item: QueueItem) => {
    if (item.kind === 'callback') return setCalledBack(item);
    if (item.kind === 'missed') dial.mutate();
    return open(item);
  };
  const columns: Column<QueueItem>[] = [
    {
      key: 'kind',
      title: t('home.col_kind'),
      width: '94px',
      cell: (item) => {
        const Icon = KIND_ICONS[item.kind];
        return (
          <span className={styles.kind}>
            <Icon aria-hidden /> {t(`home.kind_${item.kind}`)}
          </span>
        );
      },
    },
    { key: 'clock', title: t('home.col_clock'), width: '102px', cell: (item) => <Clock deadline={item.clock} style="when" /> },
    {
      key: 'who',
      title: t('home.col_who'),
      width: '118px',
      cell: (item) => (
        <>
          {item.who_masked} <span className={styles.tail}>{item.phone_tail}</span>
        </>
      ),
    },
    { key: 'summary', title: t('home.col_what'), width: 'minmax(0,1fr)', cell: (item) => <Rich text={item.summary} /> },
    { key: 'no', title: t('home.col_no'), width: '54px', cell: (item) => <span className={styles.no}>{item.case_no?.slice(-NUMBER_DIGITS) ?? t('home.no_case')}</span> },
  ];
  return (
    <>
      <QueueList
        items={queue.items}
        keyOf={rowKey}
        columns={columns}
        label={t('home.queue')}
        scope={scope}
        onOpen={open}
        act={{ label: (item) => t(`home.act_${item.kind}`), run: act, width: '86px' }}
        empty={
          <Empty
            title={t('home.empty')}
            action={
              <Act cap="F2" onAct={() => void navigate('/calls/new')}>
                {t('home.register')}
              </Act>
            }
          />
        }
      />
      {calledBack && <CallBackDialog item={calledBack} onClose={() => setCalledBack(null)} />}
    </>
  );
}
