/** The way of one case through the services, fact by fact, with the time since the first. */
import { useState } from 'react';
import { Input } from 'antd';
import { useQuery } from '@tanstack/react-query';
import { getFlow } from '@/api/operations';
import type { Service } from '@/api/types';
import { Panel } from '@/kit/Panel';
import { Empty, QueryState } from '@/kit/states';
import { fullOf } from '@/lib/dates';
import { useWords } from '@/lib/words';
import { rowsOf, spanOf, type FlowRow } from './flow';
import styles from './operations.module.css';

const LANES: readonly Service[] = ['intake', 'mediation', 'welfare', 'notify', 'workbench'];
/** The first column holds the times. */
const FIRST_LANE = 2;

function Row({ row }: { row: FlowRow }) {
  const { t, say } = useWords();
  const from = LANES.indexOf(row.from);
  const to = LANES.indexOf(row.to);
  const span = spanOf(row.at_ms);
  const lanes = Math.abs(to - from) + 1;
  const place = { gridColumn: `${Math.min(from, to) + FIRST_LANE} / span ${lanes}`, '--half': `${50 / lanes}%` } as React.CSSProperties;
  return (
    <li className={styles.flowRow}>
      <time className={styles.flowTime}>{t(`operations.span_${span.unit}`, { n: span.n })}</time>
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

export function FlowPanel({ suggested }: { suggested: string | null }) {
  const { t } = useWords();
  const [asked, setAsked] = useState<string | null>(null);
  const of = asked ?? suggested;
  const query = useQuery({ queryKey: ['flow', of], queryFn: () => getFlow(of ?? ''), enabled: of !== null });
  return (
    <Panel
      grow
      still
      title={t('operations.flow')}
      count={query.data?.case_no}
      action={<Input.Search size="small" aria-label={t('operations.flow_of')} placeholder={t('operations.flow_of')} style={{ width: 190 }} onSearch={(text) => setAsked(text.trim() || null)} />}
    >
      {of === null ? (
        <Empty title={t('operations.flow_empty')} advice={t('operations.flow_empty_advice')} />
      ) : (
        <QueryState query={query} rows={8} title={t('operations.flow_failed')}>
          {(flow) => (
            <>
              <div className={styles.lanes}>
                <span className={styles.note} title={fullOf(new Date(flow.began_at))}>
                  {t('operations.since_first')}
                </span>
                {LANES.map((lane) => (
                  <b key={lane} className={styles.lane}>
                    {t(`service.${lane}`)}
                  </b>
                ))}
              </div>
              <ol className={styles.flow}>
                {rowsOf(flow.hops).map((row) => (
                  <Row key={row.id} row={row} />
                ))}
              </ol>
              <p className={styles.legend}>
                <span className={styles.legendSolid} aria-hidden /> {t('operations.legend_caused')}
                <span className={styles.legendDashed} aria-hidden /> {t('operations.legend_last')}
              </p>
            </>
          )}
        </QueryState>
      )}
    </Panel>
  );
}
