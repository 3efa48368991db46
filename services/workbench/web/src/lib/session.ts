/** The signed-in person, for every page below the shell. */
import { createContext, useContext } from 'react';
import type { Session } from '@/api/types';

export const SessionContext = createContext<Session | null>(null);

export function useSession(): Session {
  const session = useContext(SessionContext);
  if (!session) throw new Error('useSession outside of the signed-in part');
  return session;
}
