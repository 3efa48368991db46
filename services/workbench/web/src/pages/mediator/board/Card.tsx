/** One dispute on the board: nearest clock, grade, employer and matter, people, amount, owner, what is missing. */
import { ExclamationCircleFilled } from '@ant-design/icons';
import type { BoardCard } from '@/api/board';
import { Avatar } from '@/kit/Avatar';
import { Clock } from '@/kit/Clock';
import { toneOf } from '@/kit/clockWords';
import { Grade } from '@/kit/Grade';
import { yuanText } from '@/kit/Money';
import { useServerNow } from '@/lib/serverTime';
import { useWords } from '@/lib/words';
import styles from './board.module.css';

const NUMBER_DIGITS = 6;
const STEP_MS = 60_000;
const FEN_PER_WAN = 1_000_000;

export interface CardProps {
  card: BoardCard;
  current: boolean;
  lifted: boolean;
  /** Somebody else moved it just now. */
  news: boolean;
  onSelect: () => void;
  onOpen: () => void;
  onDrag: (dragging: boolean) => void;
}

export function useAmount(): (fen: number | null) => string {
  const { t, language } = useWords();
  return (fen) => {
    if (fen === null) return '—';
    return language === 'en' ? t('kit.yuan', { amount: yuanText(fen) }) : t('board.wan', { amount: (fen / FEN_PER_WAN).toFixed(2) });
  };
}

export function Card({ card, current, lifted, news, onSelect, onOpen, onDrag }: CardProps) {
  const { t, say } = useWords();
  const amount = useAmount();
  const now = useServerNow(STEP_MS);
  const tone = card.clock ? toneOf(card.clock, now) : 'normal';
  const byHour = card.clock?.unit === 'hour' || card.clock?.unit === 'event';
  const classes = [styles.card, styles[`edge_${tone}`] ?? '', current ? styles.current : '', lifted ? styles.lifted : '', news ? styles.news : ''];
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- the keys of the board do the same
    <article
      data-card={card.dispute_id}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- the feed pattern of ARIA: articles take the focus
      tabIndex={current ? 0 : -1}
      aria-current={current ? 'true' : undefined}
      aria-label={t('board.card', { name: `${card.employer ?? ''} ${card.matter}`, no: card.case_no.slice(-NUMBER_DIGITS) })}
      className={classes.join(' ')}
      draggable
      onDragStart={() => onDrag(true)}
      onDragEnd={() => onDrag(false)}
      onClick={onSelect}
      onDoubleClick={onOpen}
      onFocus={onSelect}
    >
      {news && card.moved_by && <span className={styles.byOther}>{t('board.moved_by', { name: card.moved_by.name })}</span>}
      <div className={styles.row}>
        <Clock deadline={card.clock} style={byHour ? 'when' : 'left'} />
        <Grade grade={card.grade} />
      </div>
      <div className={styles.name} title={`${card.employer ?? ''} ${card.matter}`}>
        <b>{card.employer}</b> {card.matter}
      </div>
      <div className={styles.row}>
        <span>
          <b>{card.people}</b> {t('board.people', { count: card.people })}
          <span className={styles.amount}>{amount(card.amount_fen)}</span>
        </span>
        <span className={styles.small}>{card.case_no.slice(-NUMBER_DIGITS)}</span>
      </div>
      <div className={styles.row}>
        <span className={styles.owner}>
          {card.owner && <Avatar name={card.owner.name} />}
          <span className={styles.small}>{card.org.name}</span>
        </span>
        {card.missing && (
          <span className={styles.lacks}>
            <ExclamationCircleFilled aria-hidden />
            {card.missing.count > 1 ? t('board.lacks_n', { n: card.missing.count }) : t('board.lacks', { what: say(card.missing.first) })}
          </span>
        )}
      </div>
    </article>
  );
}
