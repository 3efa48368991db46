/** SharedWorker: one event stream for all tabs of this browser, so that tabs never use up the connections. */
import { openStream, type LiveMessage } from './stream';

const ports = new Set<MessagePort>();
let last: LiveMessage | null = null;
let close: (() => void) | null = null;

function broadcast(message: LiveMessage): void {
  if (message.kind !== 'change') last = message;
  for (const port of ports) port.postMessage(message);
}

addEventListener('connect', (event) => {
  const port = (event as MessageEvent).ports[0];
  if (!port) return;
  ports.add(port);
  port.addEventListener('message', (message: MessageEvent<'bye'>) => {
    if (message.data !== 'bye') return;
    ports.delete(port);
    if (ports.size === 0) {
      close?.();
      close = null;
    }
  });
  port.start();
  if (close === null) close = openStream(broadcast);
  else if (last) port.postMessage(last);
});
