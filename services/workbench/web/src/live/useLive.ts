/** Listens to the event stream and refetches what changed; says whether the screen is live. */
import { useEffect, useState } from 'react';
import { useQueryClient, type QueryClient } from '@tanstack/react-query';
import { noteServerTime, serverNow } from '@/lib/serverTime';
import { openStream, type LiveMessage } from './stream';

/** The server beats each 15 s. */
const SILENCE_MS = 40_000;
const POLL_MS = 15_000;

/** Change type → first parts of the query keys it touches. A type not listed touches its own name and its plural. */
const TOUCHES: Record<string, string[]> = {
  case: ['case', 'cases', 'queue', 'hotspots', 'desk'],
  queue: ['queue', 'desk'],
  dispute: ['dispute', 'board', 'case', 'cases'],
  application: ['application', 'applications', 'case'],
  batch: ['batch', 'batches'],
  notice: ['desk', 'notices'],
  phone: ['phone', 'today'],
  presence: ['presence'],
};

function connect(tell: (message: LiveMessage) => void): () => void {
  if (typeof SharedWorker === 'undefined') return openStream(tell);
  const worker = new SharedWorker(new URL('./worker.ts', import.meta.url), { type: 'module', name: 'nuanliu-live' });
  worker.port.addEventListener('message', (event: MessageEvent<LiveMessage>) => tell(event.data));
  worker.port.start();
  const bye = () => worker.port.postMessage('bye');
  window.addEventListener('pagehide', bye);
  return () => {
    window.removeEventListener('pagehide', bye);
    bye();
    worker.port.close();
  };
}

function refetch(client: QueryClient, message: LiveMessage): void {
  if (message.kind === 'resync') void client.invalidateQueries();
  if (message.kind !== 'change') return;
  const { type, id } = message.change;
  const touched = TOUCHES[type] ?? [type, `${type}s`];
  void client.invalidateQueries({
    predicate: ({ queryKey: [topic, which] }) => touched.includes(String(topic)) && (topic !== type || typeof which !== 'string' || which === id),
  });
}

export interface LiveState {
  state: 'connecting' | 'live' | 'lost';
  /** When the shown content was last known to be current. */
  since: Date | null;
}

export function useLive(enabled: boolean): LiveState {
  const client = useQueryClient();
  const [live, setLive] = useState<LiveState>({ state: 'connecting', since: null });

  useEffect(() => {
    if (!enabled) return undefined;
    let heard = performance.now();
    let lost = false;
    const lose = () => {
      lost = true;
      setLive((was) => (was.state === 'lost' ? was : { ...was, state: 'lost' }));
    };
    const disconnect = connect((message) => {
      if (message.kind === 'lost') {
        lose();
        return;
      }
      heard = performance.now();
      if ('at' in message) noteServerTime(message.at, true);
      // What happened while the line was down is fetched, not guessed.
      if (lost && message.kind === 'hello') void client.invalidateQueries();
      lost = false;
      setLive({ state: 'live', since: serverNow() });
      refetch(client, message);
    });
    const watch = window.setInterval(() => {
      if (performance.now() - heard > SILENCE_MS) lose();
      if (lost) void client.invalidateQueries();
    }, POLL_MS);
    const onReturn = () => {
      if (document.visibilityState === 'visible' && typeof SharedWorker === 'undefined') void client.invalidateQueries();
    };
    document.addEventListener('visibilitychange', onReturn);
    return () => {
      disconnect();
      window.clearInterval(watch);
      document.removeEventListener('visibilitychange', onReturn);
    };
  }, [enabled, client]);

  return live;
}
