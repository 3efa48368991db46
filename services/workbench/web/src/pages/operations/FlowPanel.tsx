/** The latest facts of all cases, or the way of one case through the services with the time since its first fact. */
import { useState } from 'react';
import { Input } from 'antd';
import { useQuery } from '@tanstack/react-query';
import { getFlow, type Flow } from '@/api/operations';
import type { Service } from '@/api/types';
import { Act } from '@/kit/Act';
import { Panel } from '@/kit/Panel';
import { Empty, QueryState } from '@/kit/states';
import { fullOf, secondsOf } from '@/lib/dates';
import { useWords } from '@/lib/words';
import { rowsOf, spanOf, type FlowRow } from './flow';
import styles from './operations.module.css';

const LANES: readonly Service[] = ['intake', 'mediation', 'welfare', 'notify', 'workbench'];
/** The first column holds the times. */
const FIRST_LANE = 2;
const NUMBER_DIGITS = 6;
const REFRESH_MS = 5000;

interface RowProps {
  row: FlowRow;
  /** Of the latest of all: at what time, and whose; choosing it shows that case. */
  latest: { since: Date; onPick: (caseNo: string) => void } | null;
}

function When({ row, latest }: RowProps) {
  const { t } = useWords();
  if (!latest) {
    const span = spanOf(row.at_ms);
    return <time className={styles.flowTime}>{t(`operations.span_${span.unit}`, { n: span.n })}</time>;
  }
  const at = new Date(latest.since.getTime() + row.at_ms);
  return (
    <span className={styles.flowTime}>
      <time title={fullOf(at)}>{secondsOf(at)}</time>
      {row.case_no && (
        <button type="button" className={styles.flowCase} title={row.case_no} onClick={() => latest.onPick(row.case_no)}>
          {row.case_no.slice(-NUMBER_DIGITS)}
        </button>
      )}
    </span>
  );
}

function Row({ row, latest }: RowProps) {
  const { t, say } = useWords();
  const from = LANES.indexOf(row.from);
  const to = LANES.indexOf(row.to);
  const lanes = Math.abs(to - from) + 1;
  const place = { gridColumn: `${Math.min(from, to) + FIRST_LANE} / span ${lanes}`, '--half': `${50 / lanes}%` } as React.CSSProperties;
  return (
    <li className={styles.flowRow}>
      <When row={row} latest={latest} />
      {from === to ? (
        <span className={styles.flowSelf} style={place} title={row.name}>
          {say(row.title)}
        </span>
      ) : (
        <span className={`${styles.flowArrow} ${to < from ? styles.flowLeft : ''} ${row.isLast ? styles.flowLast : ''}`} style={place}>
          <span className={styles.flowName} title={row.name}>
            {say(row.title)}
          </span>
        </span>
      )}
      <span className="nl-sr">{t('operations.flow_read', { from: t(`service.${row.from}`), to: t(`service.${row.to}`) })}</span>
    </li>
  );
}

function Sequence({ flow, onPick }: { flow: Flow; onPick: (caseNo: string) => void }) {
  const { t } = useWords();
  const since = new Date(flow.began_at ?? 0);
  const isLatest = flow.case_id === null;
  // One case is read from its beginning; of all of them the newest comes first.
  const rows = isLatest ? rowsOf(flow.hops).toReversed() : rowsOf(flow.hops);
  const latest = isLatest ? { since, onPick } : null;
  return (
    <>
      <div className={styles.lanes}>
        <span className={styles.note} title={fullOf(since)}>
          {t(isLatest ? 'operations.newest_first' : 'operations.since_first')}
        </span>
        {LANES.map((lane) => (
          <b key={lane} className={styles.lane}>
            {t(`service.${lane}`)}
          </b>
        ))}
      </div>
      <ol className={styles.flow}>
        {rows.map((row) => (
          <Row key={row.id} row={row} latest={latest} />
        ))}
      </ol>
      <p className={styles.legend}>
        <span className={styles.legendSolid} aria-hidden /> {t('operations.legend_caused')}
        <span className={styles.legendDashed} aria-hidden /> {t('operations.legend_last')}
      </p>
    </>
  );
}

export function FlowPanel({ suggested }: { suggested: string | null }) {
  const { t } = useWords();
  /** Null: as the page began; empty: the latest of all. */
  const [asked, setAsked] = useState<string | null>(null);
  const of = asked ?? suggested;
  const isLatest = !of;
  const query = useQuery({ queryKey: ['flow', of ?? ''], queryFn: () => getFlow(of), refetchInterval: isLatest ? REFRESH_MS : false });
  return (
    <Panel
      grow
      still
      title={t(isLatest ? 'operations.flow_latest' : 'operations.flow')}
      count={query.data && (query.data.case_no || t('operations.flow_count', { n: query.data.hops.length }))}
      action={
        <>
          {!isLatest && (
            <Act size="row" kind="quiet" onAct={() => setAsked('')}>
              {t('operations.flow_all')}
            </Act>
          )}
          <Input.Search size="small" aria-label={t('operations.flow_of')} placeholder={t('operations.flow_of')} style={{ width: 168 }} onSearch={(text) => setAsked(text.trim())} />
        </>
      }
    >
      <QueryState query={query} rows={8} title={t(isLatest ? 'operations.failed' : 'operations.flow_failed')}>
        {(flow) => (flow.hops.length === 0 ? <Empty title={t('operations.flow_empty')} advice={t('operations.flow_empty_advice')} /> : <Sequence flow={flow} onPick={setAsked} />)}
      </QueryState>
    </Panel>
  );
}
