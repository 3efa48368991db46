/** Which cards somebody else moved to another stage less than two seconds ago. */
import { useEffect, useState, type RefObject } from 'react';
import type { Board } from '@/api/board';

const SHOWN_MS = 2000;

const stages = (board: Board | undefined): Map<string, string> => new Map(board?.columns.flatMap((one) => one.cards.map((card) => [card.dispute_id, one.stage])) ?? []);

export function useMovedByOthers(board: Board | undefined, scope: string, mine: RefObject<Set<string>>): ReadonlySet<string> {
  const [before, setBefore] = useState<{ board: Board | undefined; scope: string }>({ board, scope });
  const [news, setNews] = useState<ReadonlySet<string>>(new Set());

  if (board && before.board !== board) {
    const was = stages(before.board);
    const same = before.scope === scope && before.board !== undefined;
    const moved = same ? [...stages(board)].filter(([id, stage]) => was.has(id) && was.get(id) !== stage).map(([id]) => id) : [];
    setBefore({ board, scope });
    if (moved.length > 0) setNews(new Set(moved));
  }

  useEffect(() => {
    if (news.size === 0) return undefined;
    const timer = window.setTimeout(() => setNews(new Set()), SHOWN_MS);
    return () => window.clearTimeout(timer);
  }, [news]);

  return new Set([...news].filter((id) => !mine.current.has(id)));
}
