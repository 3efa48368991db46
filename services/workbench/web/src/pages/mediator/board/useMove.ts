/** Moving a card: the dispute itself says where its next step leads, and the server decides whether it may be taken. */
import { useRef, useState } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import type { BoardCard } from '@/api/board';
import { newKey, Problem } from '@/api/client';
import { deeds, getDispute, sendDeed } from '@/api/mediation';

export type MoveResult =
  | { kind: 'moved'; to: string }
  | { kind: 'refused'; problem: Problem }
  /** Going back needs a reason: a dialog asks for it. */
  | { kind: 'back' }
  /** The step does not lead there; `leads` is where it would. */
  | { kind: 'elsewhere'; leads: string | null };

export interface Moves {
  move: (card: BoardCard, to: string, order: readonly string[]) => Promise<MoveResult>;
  /** Disputes this person moved: their cards are not news. */
  mine: React.RefObject<Set<string>>;
  busy: boolean;
}

export function useMove(): Moves {
  const client = useQueryClient();
  const mine = useRef(new Set<string>());
  const [busy, setBusy] = useState(false);

  const attempt = async (card: BoardCard, to: string, order: readonly string[]): Promise<MoveResult> => {
    const id = card.dispute_id;
    const page = await client.fetchQuery({ queryKey: ['dispute', id], queryFn: () => getDispute(id) });
    const isBack = order.indexOf(to) < order.indexOf(page.stage);
    if (isBack && page.acts.includes('send_back') && page.allowed.includes('send_back')) return { kind: 'back' };
    if (to !== page.next_stage) return { kind: 'elsewhere', leads: page.next_stage };
    mine.current.add(id);
    const changed = await sendDeed(id, deeds.advance(page.stage), page.version, newKey());
    await client.invalidateQueries({ predicate: ({ queryKey: [topic] }) => ['board', 'dispute', 'agenda', 'case', 'cases'].includes(String(topic)) });
    return { kind: 'moved', to: changed.stage };
  };

  const move: Moves['move'] = async (card, to, order) => {
    setBusy(true);
    try {
      return await attempt(card, to, order);
    } catch (cause) {
      if (!(cause instanceof Problem)) throw cause;
      await client.invalidateQueries({ queryKey: ['dispute', card.dispute_id] });
      return { kind: 'refused', problem: cause };
    } finally {
      setBusy(false);
    }
  };
  return { move, mine, busy };
}
