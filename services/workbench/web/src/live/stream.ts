/** Opens the one EventSource of this browser and tells a listener what arrives. Used by the SharedWorker, or by a phone's page. */
import type { Change } from '@/api/types';

export type LiveMessage =
  | { kind: 'hello' | 'beat' | 'resync'; at: string }
  | { kind: 'change'; change: Change }
  | { kind: 'lost' };

const LIVE_PATH = '/api/workbench/live';
const REOPEN_MS = 3000;

export function openStream(tell: (message: LiveMessage) => void): () => void {
  let source: EventSource | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function open(): void {
    source = new EventSource(LIVE_PATH);
    for (const kind of ['hello', 'beat', 'resync'] as const) {
      source.addEventListener(kind, (event) => tell({ kind, at: (JSON.parse((event as MessageEvent<string>).data) as { at: string }).at }));
    }
    source.addEventListener('change', (event) =>
      tell({ kind: 'change', change: JSON.parse((event as MessageEvent<string>).data) as Change }),
    );
    source.addEventListener('error', () => {
      tell({ kind: 'lost' });
      // The browser reconnects by itself (with Last-Event-ID) unless the answer was an error: then it gives up and we reopen.
      if (source?.readyState === EventSource.CLOSED) timer = setTimeout(open, REOPEN_MS);
    });
  }

  open();
  return () => {
    clearTimeout(timer);
    source?.close();
  };
}
