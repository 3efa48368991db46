/**
 * The dispute board. Columns are the stages of the scheme; a card moves by mouse, or by Space, arrows and Space, and what
 * happens is spoken. The server decides each move; a refused one opens the drawer with what is missing.
 */
import { useState } from 'react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useNavigate } from 'react-router-dom';
import { getBoard, type Board as BoardData, type BoardCard } from '@/api/board';
import type { Problem } from '@/api/client';
import { HintLine } from '@/kit/HintLine';
import { useUrlFilter } from '@/kit/QueryTable';
import { QueryState } from '@/kit/states';
import { toast } from '@/kit/toasts';
import { useKey, type ShortcutId } from '@/lib/keys';
import { useMedia } from '@/lib/useMedia';
import { useWords } from '@/lib/words';
import { SendBackDialog } from '../dialogs/CourseDialogs';
import { useDispute } from '../shared/useDispute';
import { BoardHead, LensRow } from './BoardHead';
import { BoardTable } from './BoardTable';
import { Column } from './Column';
import { Drawer } from './Drawer';
import { useMove } from './useMove';
import { useMovedByOthers } from './useMovedByOthers';
import page from '@/kit/page.module.css';
import styles from './board.module.css';

const FILTERS = ['scope', 'region', 'people', 'amount', 'lens', 'q'] as const;
const WIDE = '(min-width: 1600px)';
const PHONE = '(max-width: 720px)';
/** How many stages fold to strips beside an open drawer. */
const FOLDED = 2;

const HINTS: { keys: ShortcutId[]; says: string; onBoard?: boolean }[] = [
  { keys: ['down', 'up'], says: 'keys.move' },
  { keys: ['lift'], says: 'board.hint_lift', onBoard: true },
  { keys: ['stage_left', 'stage_right'], says: 'board.hint_stage', onBoard: true },
  { keys: ['meet'], says: 'keys.meet', onBoard: true },
  { keys: ['open'], says: 'keys.open' },
];

const titleOf = (card: BoardCard): string => [card.employer, card.matter].filter(Boolean).join(' ');

interface Lift {
  card: BoardCard;
  to: string;
  /** The board as it was: what is being dragged is never moved under the hand. */
  board: BoardData;
}

export default function Board() {
  const { t, say } = useWords();
  const navigate = useNavigate();
  const [url, setUrl] = useUrlFilter();
  const wide = useMedia(WIDE);
  const phone = useMedia(PHONE);
  const filter = Object.fromEntries(FILTERS.map((name) => [name, url[name] ?? (name === 'scope' ? 'group' : '')]));
  const query = useQuery({ queryKey: ['board', filter], queryFn: () => getBoard(filter), placeholderData: keepPreviousData });
  const moves = useMove();
  const news = useMovedByOthers(query.isPlaceholderData ? undefined : query.data, JSON.stringify(filter), moves.mine);
  const [cursor, setCursor] = useState<string | null>(url.dispute ?? null);
  const [lift, setLift] = useState<Lift | null>(null);
  const [refused, setRefused] = useState<{ id: string; problem: Problem } | null>(null);
  const [back, setBack] = useState<string | null>(null);
  const [spoken, setSpoken] = useState('');

  const board = lift?.board ?? query.data;
  const columns = board?.columns ?? [];
  const order = columns.map((one) => one.stage);
  const cards = columns.flatMap((one) => one.cards);
  const current = cards.find((one) => one.dispute_id === cursor) ?? cards[0] ?? null;
  const nameOf = (stage: string): string => say(columns.find((one) => one.stage === stage)?.name);
  const open = url.dispute ?? null;
  const table = phone || url.view === 'table';

  const select = (card: BoardCard | undefined, focus = true) => {
    if (!card) return;
    setCursor(card.dispute_id);
    if (open && open !== card.dispute_id) setUrl({ dispute: card.dispute_id });
    if (focus) document.querySelector<HTMLElement>(`[data-card="${CSS.escape(card.dispute_id)}"]`)?.focus();
  };
  const show = (card: BoardCard) => {
    setCursor(card.dispute_id);
    setUrl({ dispute: card.dispute_id });
  };
  const step = (by: number) => {
    const column = columns.find((one) => one.stage === current?.stage);
    const at = column?.cards.findIndex((one) => one.dispute_id === current?.dispute_id) ?? 0;
    select(column?.cards[Math.max(0, at + by)]);
  };
  const aside = (by: number) => {
    if (!current) return;
    if (lift) {
      const to = order[Math.min(Math.max(order.indexOf(lift.to) + by, 0), order.length - 1)] ?? lift.to;
      setLift({ ...lift, to });
      setSpoken(t('board.say_over', { stage: nameOf(to) }));
      return;
    }
    for (let at = order.indexOf(current.stage) + by; at >= 0 && at < order.length; at += by) {
      const first = columns[at]?.cards[0];
      if (first) {
        select(first);
        return;
      }
    }
  };
  const take = (card: BoardCard) => {
    if (!query.data) return;
    setLift({ card, to: card.stage, board: query.data });
    setCursor(card.dispute_id);
    setSpoken(t('board.say_lifted', { name: titleOf(card), stage: nameOf(card.stage) }));
  };
  const drop = async (card: BoardCard, to: string) => {
    setLift(null);
    setRefused(null);
    if (to === card.stage) {
      setSpoken(t('board.say_put_back', { name: titleOf(card) }));
      return;
    }
    const result = await moves.move(card, to, order);
    if (result.kind === 'moved') {
      setSpoken(t('board.say_moved', { name: titleOf(card), stage: nameOf(result.to) }));
      toast('done', t('board.say_moved', { name: titleOf(card), stage: nameOf(result.to) }));
    } else if (result.kind === 'back') {
      setBack(card.dispute_id);
    } else if (result.kind === 'refused') {
      setRefused({ id: card.dispute_id, problem: result.problem });
      setSpoken(t('board.say_refused', { name: titleOf(card) }));
      show(card);
    } else {
      const words = result.leads ? t('board.say_elsewhere', { stage: nameOf(to), leads: nameOf(result.leads) }) : t('board.say_no_way', { stage: nameOf(to) });
      setSpoken(words);
      toast('soon', words);
    }
  };

  const onBoard = !table && cards.length > 0;
  useKey('down', () => step(1), { enabled: onBoard });
  useKey('up', () => step(-1), { enabled: onBoard });
  useKey('stage_left', () => aside(-1), { enabled: onBoard });
  useKey('stage_right', () => aside(1), { enabled: onBoard });
  useKey('lift', () => void (lift ? drop(lift.card, lift.to) : current && take(current)), { enabled: onBoard && !moves.busy });
  useKey('close', () => setLift(null), { enabled: lift !== null });
  useKey('open', () => (current ? show(current) : false), { enabled: onBoard && open === null });
  useKey('meet', () => (current ? void navigate(`/disputes/${current.dispute_id}/meeting`) : false), { enabled: onBoard });

  const overlaid = open !== null && !wide;
  return (
    <div className={styles.split}>
      <div className={`${page.page} ${styles.main}`}>
        <BoardHead board={board} filter={url} onFilter={setUrl} phone={phone} />
        <LensRow board={board} lens={url.lens ?? 'all'} onLens={(lens) => setUrl({ lens: lens === 'all' ? '' : lens })} />
        <div className={styles.body}>
          <QueryState query={query} rows={10}>
            {(data) =>
              table ? (
                <BoardTable board={data} scope={JSON.stringify(filter)} onOpen={show} />
              ) : (
                <div className={styles.columns}>
                  {columns.map((column, index) => (
                    <Column
                      key={column.stage}
                      column={column}
                      index={index}
                      filter={filter}
                      folded={open !== null && wide && index >= columns.length - FOLDED}
                      cursor={current?.dispute_id ?? null}
                      lifted={lift?.card.dispute_id ?? null}
                      target={lift !== null && lift.to === column.stage && lift.card.stage !== column.stage}
                      news={news}
                      onSelect={(card) => select(card, false)}
                      onOpen={show}
                      onDrag={(card) => (card ? take(card) : setLift(null))}
                      onOver={(stage) => setLift((was) => (was && was.to !== stage ? { ...was, to: stage } : was))}
                      onDrop={(stage) => lift && void drop(lift.card, stage)}
                    />
                  ))}
                </div>
              )
            }
          </QueryState>
        </div>
        <HintLine hints={HINTS.filter((one) => !table || !one.onBoard).map((one) => ({ keys: one.keys, says: t(one.says) }))} />
        <div className="nl-sr" aria-live="assertive">
          {spoken}
        </div>
      </div>
      {open && (
        <div className={overlaid ? styles.overlay : styles.beside}>
          <Drawer disputeId={open} card={cards.find((one) => one.dispute_id === open) ?? null} refused={refused?.id === open ? refused.problem : null} onClose={() => setUrl({ dispute: '' })} />
        </div>
      )}
      {back && <SendBack disputeId={back} onClose={() => setBack(null)} />}
    </div>
  );
}

function SendBack({ disputeId, onClose }: { disputeId: string; onClose: () => void }) {
  const { data } = useDispute(disputeId);
  return data ? <SendBackDialog page={data} onClose={onClose} /> : null;
}
