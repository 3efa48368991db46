/** Tells the others that one is here (each 20 s) and whether one is writing; and who else is. */
import { useEffect } from 'react';
import { useQuery } from '@tanstack/react-query';
import type { PresentStaff } from '@/api/types';
import { tellPresence, type CasePage } from '@/api/workbench';
import { useSession } from '@/lib/session';

const TELL_MS = 20_000;

export function usePresence(data: CasePage, editing: boolean): PresentStaff[] {
  const { staff_id: me } = useSession();
  const id = data.case_id;
  const { data: told } = useQuery({
    queryKey: ['presence', id, editing],
    queryFn: () => tellPresence(id, editing ? 'editing' : 'viewing'),
    refetchInterval: TELL_MS,
    staleTime: 0,
    retry: false,
  });
  useEffect(() => () => void tellPresence(id, 'gone').catch(() => undefined), [id]);
  return (told?.present ?? data.presence).filter((one) => one.staff_id !== me);
}
