/** One stage: head with count and overdue, cards worst first, the rest on request; folded to a strip beside an open drawer. */
import { useState } from 'react';
import { ExclamationCircleFilled } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { getBoardColumn, type BoardCard, type BoardColumn, type BoardFilter } from '@/api/board';
import { Empty, Failed, Loading } from '@/kit/states';
import { useWords } from '@/lib/words';
import { Card } from './Card';
import styles from './board.module.css';

/** More than this stays behind a button until asked for. */
const CARDS_SHOWN = 6;

export interface ColumnProps {
  column: BoardColumn;
  index: number;
  filter: BoardFilter;
  folded: boolean;
  cursor: string | null;
  lifted: string | null;
  /** The lifted card would land here. */
  target: boolean;
  news: ReadonlySet<string>;
  onSelect: (card: BoardCard) => void;
  onOpen: (card: BoardCard) => void;
  onDrag: (card: BoardCard | null) => void;
  onOver: (stage: string) => void;
  onDrop: (stage: string) => void;
}

export function Column(props: ColumnProps) {
  const { column, index, folded } = props;
  const { t, say } = useWords();
  const current = column.cards.some((card) => card.dispute_id === props.cursor);
  if (folded) {
    return (
      <section className={styles.strip} aria-label={say(column.name)}>
        <span className={styles.count}>{column.count}</span>
        <span className={styles.stripText}>
          <b>{say(column.name)}</b>
          <span className={column.hint ? styles.stripHint : styles.stripNote}>{say(column.hint ?? column.note)}</span>
        </span>
      </section>
    );
  }
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- a place to drop; the keys of the board do the same
    <section
      className={`${styles.column} ${props.target ? styles.target : ''}`}
      aria-label={t('board.column', { name: say(column.name), n: column.count })}
      onDragOver={(event) => {
        event.preventDefault();
        props.onOver(column.stage);
      }}
      onDrop={(event) => {
        event.preventDefault();
        props.onDrop(column.stage);
      }}
    >
      <header className={styles.columnHead}>
        <span className={`${styles.disc} ${current ? styles.discOn : ''}`} aria-hidden>
          {index + 1}
        </span>
        <h2 className={styles.columnName}>{say(column.name)}</h2>
        <span className={styles.columnNote}>{say(column.note)}</span>
        {column.over > 0 && (
          <span className={styles.over}>
            <ExclamationCircleFilled aria-hidden /> {t('board.over', { n: column.over })}
          </span>
        )}
        <span className={styles.count}>{column.count}</span>
      </header>
      <Cards {...props} />
    </section>
  );
}

function Cards({ column, filter, cursor, lifted, news, onSelect, onOpen, onDrag }: ColumnProps) {
  const { t, say } = useWords();
  const [all, setAll] = useState(false);
  const rest = useQuery({
    queryKey: ['board', 'rest', column.stage, filter, column.next_cursor],
    queryFn: () => getBoardColumn(column.stage, filter, column.next_cursor ?? ''),
    enabled: all && column.next_cursor !== null,
  });
  const held = column.cards.findIndex((card) => card.dispute_id === cursor);
  const shown = all ? [...column.cards, ...(rest.data?.items ?? [])] : column.cards.slice(0, Math.max(CARDS_SHOWN, held + 1));
  const more = column.count - shown.length;
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a region that scrolls must be reachable by keyboard
    <div className={styles.cards} tabIndex={0} role="group" aria-label={say(column.name)}>
      <div role="feed" className={styles.feed} aria-busy={rest.isFetching}>
      {shown.map((card) => (
        <Card
          key={card.dispute_id}
          card={card}
          current={card.dispute_id === cursor}
          lifted={card.dispute_id === lifted}
          news={news.has(card.dispute_id)}
          onSelect={() => onSelect(card)}
          onOpen={() => onOpen(card)}
          onDrag={(dragging) => onDrag(dragging ? card : null)}
        />
      ))}
      </div>
      {column.count === 0 && <Empty title={t('board.empty')} advice={t(`board.empty_${column.stage}`, { defaultValue: t('board.empty_other') })} />}
      {rest.isError && <Failed problem={rest.error} onRetry={() => void rest.refetch()} />}
      {rest.isLoading && <Loading rows={2} />}
      {more > 0 && !all && (
        <button type="button" className={styles.more} onClick={() => setAll(true)}>
          {t('board.more', { n: more })}
        </button>
      )}
    </div>
  );
}
