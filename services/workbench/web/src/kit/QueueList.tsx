/** A list worked by keyboard: J K move, Enter opens, R does the row's own action. The cursor starts on the worst row. */
import { useRef, useState, type ReactNode } from 'react';
import { ArrowDownOutlined } from '@ant-design/icons';
import { useKey } from '@/lib/keys';
import { useWords } from '@/lib/words';
import { Act } from './Act';
import { useHeldRows } from './useHeldRows';
import styles from './queue.module.css';

export interface Column<Item> {
  key: string;
  title: ReactNode;
  /** CSS grid track: "112px", "1fr". */
  width: string;
  right?: boolean;
  cell: (item: Item) => ReactNode;
}

interface Props<Item> {
  items: Item[];
  keyOf: (item: Item) => string;
  columns: Column<Item>[];
  label: string;
  /** Changing it (filter, page) shows the new rows at once. */
  scope: string;
  onOpen: (item: Item) => void;
  /** The row's own action, on R and in the last column. */
  act?: { label: (item: Item) => string; run: (item: Item) => void; width?: string };
  /** Told when the cursor moves, for a detail beside the list. */
  onMove?: (item: Item) => void;
  /** Row height 33 instead of 38. */
  compact?: boolean;
  empty?: ReactNode;
}

const BAR_ACT_WIDTH = '90px';

export function QueueList<Item>({ items, keyOf, columns, label, scope, onOpen, act, onMove, compact, empty }: Props<Item>) {
  const { t } = useWords();
  const { rows, waiting, release, flashed } = useHeldRows(items, keyOf, scope);
  const [cursor, setCursor] = useState<{ scope: string; key: string | null }>({ scope, key: null });
  const body = useRef<HTMLDivElement>(null);
  const found = cursor.scope === scope ? rows.findIndex((row) => keyOf(row) === cursor.key) : -1;
  const at = found === -1 ? 0 : found;
  const current = rows[at];

  const move = (by: number) => {
    const next = rows[Math.min(Math.max(at + by, 0), rows.length - 1)];
    if (!next) return;
    setCursor({ scope, key: keyOf(next) });
    onMove?.(next);
    body.current?.querySelector<HTMLElement>(`[data-row="${CSS.escape(keyOf(next))}"]`)?.focus();
  };
  useKey('down', () => move(1));
  useKey('up', () => move(-1));
  useKey('open', () => (current ? onOpen(current) : false), { enabled: rows.length > 0 });
  useKey('act', () => (current && act ? act.run(current) : false), { enabled: Boolean(act) && rows.length > 0 });

  if (items.length === 0) return <>{empty}</>;
  const tracks = [...columns.map((column) => column.width), ...(act ? [act.width ?? BAR_ACT_WIDTH] : [])].join(' ');
  return (
    <div className={styles.table} role="table" aria-label={label} style={{ '--tracks': tracks } as React.CSSProperties}>
      <div role="rowgroup">
        <div role="row" className={styles.head}>
          {columns.map((column) => (
            <span key={column.key} role="columnheader" className={column.right ? styles.right : undefined}>
              {column.title}
            </span>
          ))}
          {act && (
            <span role="columnheader" className={styles.right}>
              {t('queue.action')}
            </span>
          )}
        </div>
      </div>
      {waiting > 0 && (
        <button type="button" className={styles.waiting} onClick={release}>
          <ArrowDownOutlined aria-hidden /> {t('queue.waiting', { n: waiting })}
        </button>
      )}
      <div role="rowgroup" ref={body} className={styles.body}>
        {rows.map((item, index) => {
          const key = keyOf(item);
          const isCurrent = index === at;
          return (
            <div
              key={key}
              role="row"
              data-row={key}
              tabIndex={isCurrent ? 0 : -1}
              aria-current={isCurrent ? 'true' : undefined}
              className={`${styles.row} ${compact ? styles.compact : ''} ${isCurrent ? styles.current : ''} ${flashed.has(key) ? styles.flash : ''}`}
              onClick={() => {
                setCursor({ scope, key });
                onMove?.(item);
              }}
              onDoubleClick={() => onOpen(item)}
            >
              {columns.map((column) => (
                <span key={column.key} role="cell" className={`${styles.cell} ${column.right ? styles.right : ''}`}>
                  {column.cell(item)}
                </span>
              ))}
              {act && (
                <span role="cell" className={`${styles.cell} ${styles.right}`}>
                  {isCurrent ? (
                    <Act kind="primary" size="row" onAct={() => act.run(item)} cap="R">
                      {act.label(item)}
                    </Act>
                  ) : (
                    <Act kind="quiet" size="row" onAct={() => act.run(item)}>
                      {act.label(item)}
                    </Act>
                  )}
                </span>
              )}
            </div>
          );
        })}
      </div>
    </div>
  );
}
