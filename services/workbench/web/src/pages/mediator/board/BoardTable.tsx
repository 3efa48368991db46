/** The same disputes as rows, worst first: what a phone shows, and what some people prefer. */
import type { Board, BoardCard } from '@/api/board';
import { Clock } from '@/kit/Clock';
import { Grade } from '@/kit/Grade';
import { Money } from '@/kit/Money';
import { Panel } from '@/kit/Panel';
import { QueueList, type Column } from '@/kit/QueueList';
import { Empty } from '@/kit/states';
import { StatusWord } from '@/kit/StatusTag';
import { useMedia } from '@/lib/useMedia';
import { useWords } from '@/lib/words';

const NUMBER_DIGITS = 6;
const NARROW = '(max-width: 720px)';

const keyOf = (card: BoardCard): string => card.dispute_id;
const dueOf = (card: BoardCard): string => card.clock?.due_at ?? '9999';

export function BoardTable({ board, scope, onOpen }: { board: Board; scope: string; onOpen: (card: BoardCard) => void }) {
  const { t, say } = useWords();
  const narrow = useMedia(NARROW);
  const names = new Map(board.columns.map((one) => [one.stage, say(one.name)]));
  const cards = board.columns.flatMap((one) => one.cards).toSorted((a, b) => dueOf(a).localeCompare(dueOf(b)));
  const total = board.columns.reduce((sum, one) => sum + one.count, 0);
  const all: (Column<BoardCard> & { wideOnly?: boolean })[] = [
    { key: 'clock', title: t('cases.clock'), width: '132px', cell: (card) => <Clock deadline={card.clock} style="when" /> },
    { key: 'name', title: t('cases.title'), width: 'minmax(0,1fr)', cell: (card) => <><b>{card.employer}</b> {card.matter}</> },
    { key: 'stage', title: t('cases.state'), width: '84px', cell: (card) => names.get(card.stage) },
    { key: 'grade', title: t('cases.grade'), width: '56px', wideOnly: true, cell: (card) => <Grade grade={card.grade} /> },
    { key: 'people', title: t('cases.people'), width: '56px', right: true, wideOnly: true, cell: (card) => card.people },
    { key: 'amount', title: t('cases.amount'), width: '120px', right: true, wideOnly: true, cell: (card) => <Money fen={card.amount_fen} bare /> },
    { key: 'owner', title: t('cases.owner'), width: '72px', wideOnly: true, cell: (card) => card.owner?.name ?? t('cases.nobody') },
    { key: 'org', title: t('cases.org'), width: '88px', wideOnly: true, cell: (card) => card.org.name },
    {
      key: 'missing', title: t('board.missing'), width: '150px', wideOnly: true,
      cell: (card) => card.missing && <StatusWord tone="soon">{card.missing.count > 1 ? t('board.lacks_n', { n: card.missing.count }) : t('board.lacks', { what: say(card.missing.first) })}</StatusWord>,
    },
    { key: 'no', title: t('cases.no'), width: '64px', wideOnly: true, cell: (card) => <span title={card.case_no}>{card.case_no.slice(-NUMBER_DIGITS)}</span> },
  ];
  return (
    <Panel grow label={t('board.title')} foot={total > cards.length ? t('board.table_rest', { shown: cards.length, total }) : t('queue.total', { n: total })}>
      <QueueList items={cards} keyOf={keyOf} columns={narrow ? all.filter((one) => !one.wideOnly) : all} label={t('board.title')} scope={scope} onOpen={onOpen} empty={<Empty title={t('state.nothing')} advice={t('state.widen')} />} />
    </Panel>
  );
}
