/** Sending the call: once, whatever the line does. The key of the form is the same at every try, so a repeat changes nothing. */
import { useEffect, useState } from 'react';
import { Problem } from '@/api/client';
import { registerCall, type CallForm, type Registered } from '@/api/intake';
import { missingIn, type Missing } from './form';

const AGAIN_MS = 5000;

interface Submit {
  send: () => void;
  busy: boolean;
  /** The line is down: it will be sent by itself. */
  waiting: boolean;
  missing: Missing;
  problem: Problem | null;
}

export function useSubmit(form: CallForm, key: string, onDone: (registered: Registered) => void): Submit {
  const [state, setState] = useState<'idle' | 'busy' | 'waiting'>('idle');
  const [tried, setTried] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const missing = missingIn(form);

  const post = async () => {
    setState('busy');
    try {
      const registered = await registerCall(form, key);
      setState('idle');
      setProblem(null);
      onDone(registered);
    } catch (cause) {
      if (!(cause instanceof Problem)) throw cause;
      setProblem(cause);
      setState(cause.isOffline ? 'waiting' : 'idle');
    }
  };

  useEffect(() => {
    if (state !== 'waiting') return undefined;
    const again = () => void post();
    const timer = window.setTimeout(again, AGAIN_MS);
    window.addEventListener('online', again);
    return () => {
      window.clearTimeout(timer);
      window.removeEventListener('online', again);
    };
  });

  return {
    send: () => {
      setTried(true);
      if (state === 'busy' || Object.keys(missing).length > 0) return;
      void post();
    },
    busy: state === 'busy',
    waiting: state === 'waiting',
    missing: tried ? missing : {},
    problem,
  };
}
