/** Messages that could not be applied. Only their own case waits; the detail says why trying again is safe. */
import { useState } from 'react';
import { CopyOutlined, PlayCircleOutlined, ReloadOutlined, SafetyCertificateOutlined, StepForwardOutlined } from '@ant-design/icons';
import type { ParkedMessage } from '@/api/operations';
import { Act } from '@/kit/Act';
import { Panel } from '@/kit/Panel';
import { QueueList, type Column } from '@/kit/QueueList';
import { Empty } from '@/kit/states';
import { StatusWord } from '@/kit/StatusTag';
import { toast } from '@/kit/toasts';
import { secondsOf } from '@/lib/dates';
import { useWords } from '@/lib/words';
import { ReplayDialog, SkipDialog } from './ParkedDialogs';
import styles from './operations.module.css';

const NUMBER_DIGITS = 6;
const TRACE_ENDS = 4;
const rowKey = (one: ParkedMessage): string => `${one.service} ${one.row.event_id}`;

type Open = { kind: 'replay'; of: ParkedMessage[] } | { kind: 'skip'; of: ParkedMessage };

function useColumns(): Column<ParkedMessage>[] {
  const { t, say } = useWords();
  return [
    { key: 'at', title: t('operations.since'), width: '66px', cell: ({ row }) => secondsOf(new Date(row.parked_at)) },
    {
      key: 'what',
      title: t('operations.handler_event'),
      width: 'minmax(0,1fr)',
      cell: ({ service, title, row }) => (
        <span title={row.name}>
          <b>{t(`service.${service}`)}</b> {say(title)}
        </span>
      ),
    },
    { key: 'case', title: t('operations.case'), width: '60px', cell: (one) => <span className={styles.note}>{one.case_no?.slice(-NUMBER_DIGITS) ?? '—'}</span> },
    { key: 'why', title: t('operations.why'), width: 'minmax(0,1fr)', cell: ({ row }) => <StatusWord tone={row.state === 'dead' ? 'over' : 'soon'} icon={null}>{t([`operations.code_${row.code}`, row.code])}</StatusWord> },
    { key: 'tries', title: t('operations.tries'), width: '40px', right: true, cell: ({ row }) => row.attempts },
    { key: 'behind', title: t('operations.behind'), width: '40px', right: true, cell: ({ row }) => row.behind },
  ];
}

function Trace({ id }: { id: string }) {
  const { t } = useWords();
  const copy = async () => {
    await navigator.clipboard.writeText(id);
    toast('done', t('state.trace_copied'));
  };
  return (
    <button type="button" className={styles.linkButton} onClick={() => void copy()} title={id}>
      {id.slice(0, TRACE_ENDS)}…{id.slice(-TRACE_ENDS)} <CopyOutlined aria-label={t('state.copy')} />
    </button>
  );
}

function Detail({ one, onOpen }: { one: ParkedMessage; onOpen: (open: Open) => void }) {
  const { t } = useWords();
  const { row } = one;
  return (
    <div className={styles.detail}>
      <dl className={styles.facts}>
        <dt>{t('operations.fact')}</dt>
        <dd>{row.name}</dd>
        <dt>{t('operations.place')}</dt>
        <dd>{`${row.topic}-${row.partition} @ ${row.offset}`}</dd>
        <dt>{t('operations.error')}</dt>
        <dd>{row.code}</dd>
        <dt>{t('operations.trace')}</dt>
        <dd>{row.trace ? <Trace id={row.trace} /> : '—'}</dd>
        <dt>{t('operations.content')}</dt>
        <dd>{t('operations.ids_only')}</dd>
      </dl>
      <div className={styles.detailActs}>
        <p className={styles.safe}>
          <SafetyCertificateOutlined aria-hidden /> {t(row.state === 'dead' ? 'operations.safe_dead' : 'operations.safe', { time: secondsOf(new Date(row.next_try_at)) })}
        </p>
        {row.skip_asked && <p className={styles.asked}>{t('operations.skip_asked')}</p>}
        <div className={styles.buttons}>
          <Act kind="primary" icon={<PlayCircleOutlined />} shortcut="replay" onAct={() => onOpen({ kind: 'replay', of: [one] })}>
            {t('operations.replay')}
          </Act>
          <Act icon={<StepForwardOutlined />} onAct={() => onOpen({ kind: 'skip', of: one })}>
            {t(row.skip_asked ? 'operations.confirm_skip' : 'operations.skip')}
          </Act>
          <span className={styles.note}>{t('operations.money_two')}</span>
        </div>
      </div>
    </div>
  );
}

export function ParkedPanel({ parked }: { parked: ParkedMessage[] }) {
  const { t } = useWords();
  const columns = useColumns();
  const [at, setAt] = useState<string | null>(null);
  const [open, setOpen] = useState<Open | null>(null);
  const current = parked.find((one) => rowKey(one) === at) ?? parked[0];
  const alike = current ? parked.filter((one) => one.service === current.service && one.row.code === current.row.code) : [];
  return (
    <Panel
      title={t('operations.parked')}
      count={t('operations.parked_note', { n: parked.length })}
      action={
        alike.length > 1 && (
          <Act size="row" icon={<ReloadOutlined />} onAct={() => setOpen({ kind: 'replay', of: alike })}>
            {t('operations.replay_alike', { n: alike.length })}
          </Act>
        )
      }
    >
      <div className={styles.parkedRows}>
        <QueueList
          items={parked}
          keyOf={rowKey}
          columns={columns}
          label={t('operations.parked')}
          scope="parked"
          compact
          onMove={(one) => setAt(rowKey(one))}
          onOpen={(one) => setOpen({ kind: 'replay', of: [one] })}
          empty={<Empty title={t('operations.none_parked')} advice={t('operations.none_parked_advice')} />}
        />
      </div>
      {current && <Detail key={rowKey(current)} one={current} onOpen={setOpen} />}
      {open?.kind === 'replay' && <ReplayDialog messages={open.of} onClose={() => setOpen(null)} />}
      {open?.kind === 'skip' && <SkipDialog message={open.of} onClose={() => setOpen(null)} />}
    </Panel>
  );
}
