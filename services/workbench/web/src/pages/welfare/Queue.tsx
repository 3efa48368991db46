/** What waits for whom in welfare, due first: the home of officer, reviewer, approver and cashier. */
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from 'react-router-dom';
import { getApplications, type ApplicationRow, type WelfareQueue } from '@/api/welfare';
import { Clock } from '@/kit/Clock';
import { HintLine } from '@/kit/HintLine';
import { Money } from '@/kit/Money';
import { PageHead } from '@/kit/PageHead';
import { Panel } from '@/kit/Panel';
import type { Column } from '@/kit/QueueList';
import { QueryTable, useUrlFilter } from '@/kit/QueryTable';
import { StatusTag, type Tone } from '@/kit/StatusTag';
import { TabRow } from '@/kit/TabRow';
import { Empty } from '@/kit/states';
import { useWords } from '@/lib/words';
import page from '@/kit/page.module.css';
import styles from './welfare.module.css';

const STEPS: readonly WelfareQueue[] = ['all', 'first_review', 'visit', 'submit', 'review', 'public', 'approval', 'release', 'returned', 'sent_back'];
const MONEY: readonly WelfareQueue[] = ['release', 'bank', 'unknown', 'returned', 'record'];
/** Shown only when something is in it. */
const RARE: ReadonlySet<WelfareQueue> = new Set(['submit', 'sent_back']);
const STATE_TONE: Record<string, Tone> = { sent_back: 'soon', public: 'normal', paid: 'done', recorded: 'done', rejected: 'paused', withdrawn: 'paused' };
const NUMBER_DIGITS = 6;

const rowKey = (row: ApplicationRow): string => row.application_id;

function useColumns(): Column<ApplicationRow>[] {
  const { t, say } = useWords();
  return [
    { key: 'no', title: t('welfare.no'), width: '62px', cell: (row) => <span className={styles.no} title={row.application_no}>{row.application_no.slice(-NUMBER_DIGITS)}</span> },
    { key: 'clock', title: t('welfare.clock'), width: '132px', cell: (row) => <Clock deadline={row.clock} /> },
    { key: 'who', title: t('welfare.who'), width: '84px', cell: (row) => row.name_masked },
    { key: 'programme', title: t('welfare.programme'), width: 'minmax(0,1fr)', cell: (row) => say(row.programme.label) },
    { key: 'hardship', title: t('welfare.hardship'), width: 'minmax(0,140px)', cell: (row) => (row.hardship ? say(row.hardship.label) : <span className={styles.small}>{t('welfare.not_assessed')}</span>) },
    { key: 'amount', title: t('welfare.amount_yuan'), width: '108px', right: true, cell: (row) => <Money fen={row.amount_fen || null} bare /> },
    { key: 'state', title: t('welfare.state'), width: '112px', cell: (row) => <StatusTag tone={STATE_TONE[row.state.code] ?? 'brand'}>{t([`welfare.waits_${row.state.code}`, say(row.state.label)])}</StatusTag> },
    { key: 'handler', title: t('welfare.handler'), width: '92px', cell: (row) => row.handler?.name ?? <span className={styles.small}>{t('welfare.nobody_yet')}</span> },
    { key: 'org', title: t('welfare.org'), width: '140px', cell: (row) => row.org.name },
  ];
}

interface Props {
  queues: readonly WelfareQueue[];
  title: string;
  note: string;
}

function Queues({ queues, title, note }: Props) {
  const { t } = useWords();
  const navigate = useNavigate();
  const [filter, setFilter] = useUrlFilter();
  const columns = useColumns();
  const queue = queues.find((one) => one === filter.queue) ?? queues[0] ?? 'all';
  const asked = { ...filter, queue };
  const counts = useQuery({ queryKey: ['applications', asked], queryFn: () => getApplications(asked) }).data?.counts;
  const tabs = queues.filter((one) => !RARE.has(one) || one === queue || (counts?.[one] ?? 0) > 0).map((key) => ({ key, label: t(`welfare.queue_${key}`), count: counts?.[key] }));
  const open = (row: ApplicationRow) => void navigate(`/welfare/applications/${row.application_id}`);
  return (
    <div className={page.page}>
      <PageHead title={title} note={note} />
      <Panel grow still label={title} head={<TabRow items={tabs} value={queue} onChange={(key) => setFilter({ queue: key })} label={t('welfare.queues')} />}>
        <QueryTable
          topic="applications"
          load={getApplications}
          fixed={{ queue }}
          columns={columns}
          keyOf={rowKey}
          onOpen={open}
          act={{ label: (row) => t([`welfare.act_${row.state.code}`, 'welfare.act_open']), run: open, width: '84px' }}
          label={title}
          empty={<Empty title={queue === 'all' ? t('welfare.empty') : t('welfare.empty_queue', { queue: t(`welfare.queue_${queue}`) })} advice={t('welfare.empty_advice')} />}
        />
      </Panel>
      <HintLine hints={[{ keys: ['down', 'up'], says: t('keys.move') }, { keys: ['open'], says: t('keys.open') }, { keys: ['act'], says: t('keys.act') }]} />
    </div>
  );
}

export default function WelfareQueuePage() {
  const { t } = useWords();
  return <Queues queues={STEPS} title={t('welfare.page')} note={t('welfare.page_note')} />;
}

/** What is approved and on its way to the bank and back. */
export function PaymentQueues() {
  const { t } = useWords();
  return <Queues queues={MONEY} title={t('welfare.payments_page')} note={t('welfare.payments_note')} />;
}
