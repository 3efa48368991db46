/** The dispute as mediation holds it, the commands that change it, and the names of the people in it. */
import { useState } from 'react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getStaff, type StaffListed } from '@/api/board';
import { newKey, type Problem } from '@/api/client';
import { getDispute, sendDeed, type Deed, type DisputeChanged, type DisputePage, type MissingItem } from '@/api/mediation';
import { getCase } from '@/api/workbench';
import { useWords } from '@/lib/words';

const STAFF_FRESH_MS = 600_000;

export function useDispute(disputeId: string | undefined) {
  return useQuery({ queryKey: ['dispute', disputeId], queryFn: () => getDispute(disputeId ?? ''), enabled: Boolean(disputeId) });
}

/** The case around the dispute: number, title, dates, parties by their masked names. */
export function useCaseOf(page: DisputePage | undefined) {
  return useQuery({ queryKey: ['case', page?.case_id], queryFn: () => getCase(page?.case_id ?? ''), enabled: Boolean(page) });
}

export interface DeedState {
  send: (deed: Deed) => Promise<DisputeChanged | null>;
  busy: boolean;
  problem: Problem | null;
  clear: () => void;
}

/** One form's commands: the idempotency key lives until a command succeeds; the version is the one on the screen. */
export function useDeed(page: DisputePage): DeedState {
  const client = useQueryClient();
  const [key, setKey] = useState(newKey);
  const mutation = useMutation<DisputeChanged, Problem, Deed>({
    mutationFn: (deed) => sendDeed(page.dispute_id, deed, page.version, key),
    // A broken line is said at once; the same key makes a second try safe.
    networkMode: 'always',
    onSuccess: async () => {
      setKey(newKey());
      void client.invalidateQueries({ predicate: ({ queryKey: [topic] }) => ['board', 'agenda', 'case', 'cases', 'bookings'].includes(String(topic)) });
      await client.invalidateQueries({ queryKey: ['dispute', page.dispute_id] });
    },
    onError: (problem) => {
      if (problem.code === 'stale_version') void client.invalidateQueries({ queryKey: ['dispute', page.dispute_id] });
    },
  });
  return {
    send: async (deed) => {
      try {
        return await mutation.mutateAsync(deed);
      } catch {
        return null;
      }
    },
    busy: mutation.isPending,
    problem: mutation.error,
    clear: mutation.reset,
  };
}

/** What a refused step still lacks, as the server listed it; empty for other refusals. */
export function missingOf(problem: Problem | null): MissingItem[] {
  const listed = problem?.details.missing;
  return Array.isArray(listed) ? (listed as MissingItem[]) : [];
}

export interface People {
  all: StaffListed[];
  nameOf: (id: string | null) => string;
  of: (role: string) => StaffListed[];
}

/** Names for ids; a person who left the roster is said to be one. */
export function usePeople(): People {
  const { t } = useWords();
  const query = useQuery({ queryKey: ['staff'], queryFn: () => getStaff(), staleTime: STAFF_FRESH_MS });
  const all = query.data?.items ?? [];
  const names = new Map(all.map((one) => [one.staff_id, one.name]));
  return {
    all,
    nameOf: (id) => (id ? (names.get(id) ?? t('mediation.somebody')) : t('mediation.nobody')),
    of: (role) => all.filter((one) => one.roles.some((each) => each === role)),
  };
}

/** The wording of a server object that carries `zh` and `en` beside other fields. */
export function useSaid(): (one: { zh: string; en: string }) => string {
  const { language } = useWords();
  return (one) => (language === 'en' ? one.en : one.zh);
}

/** A stage's short name and its note: the scheme writes the note in brackets. */
export function stageParts(text: string): { name: string; note: string } {
  const match = /^(.+?)\s*[\uFF08(](.+)[\uFF09)]$/.exec(text);
  return { name: match?.[1] ?? text, note: match?.[2] ?? '' };
}
