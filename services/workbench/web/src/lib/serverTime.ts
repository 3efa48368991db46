/** The server's clock: every countdown uses it, never the clock of the PC. */
import { useSyncExternalStore } from 'react';

const TICK_MS = 1000;
/** A header has whole seconds and travels; a smaller difference is not news. */
const TOLERANCE_MS = 1500;

let offsetMs = 0;
let known = false;

/** Takes an RFC 3339 or HTTP date the server sent just now. `exact` means it has milliseconds and may overrule. */
export function noteServerTime(text: string | null | undefined, exact = false): void {
  if (!text) return;
  const server = Date.parse(text);
  if (Number.isNaN(server)) return;
  const measured = server - Date.now();
  if (!known || exact || Math.abs(measured - offsetMs) > TOLERANCE_MS) {
    offsetMs = measured;
    known = true;
  }
}

export function serverNow(): Date {
  return new Date(Date.now() + offsetMs);
}

const listeners = new Set<() => void>();
let timer: number | undefined;


function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  if (timer === undefined) {
    timer = window.setInterval(() => {
      for (const one of listeners) one();
    }, TICK_MS);
  }
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) {
      window.clearInterval(timer);
      timer = undefined;
    }
  };
}

function snapshot(stepMs: number): number {
  return Math.floor(serverNow().getTime() / stepMs) * stepMs;
}

/** The server's time, re-rendered each `stepMs` (a whole number of seconds). */
export function useServerNow(stepMs = TICK_MS): Date {
  return new Date(useSyncExternalStore(subscribe, () => snapshot(stepMs)));
}
